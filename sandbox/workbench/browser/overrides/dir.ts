/** The base package ships a fixed direction; the workbench has that of the language of the page. */
export default document.documentElement.dir;
