/** The base package ships a fixed locale; the workbench shows numbers and dates as in the language of the page. */
const { lang } = document.documentElement;

export default lang === 'en' ? 'en-US' : lang;
