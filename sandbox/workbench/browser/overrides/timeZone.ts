/** The base package ships a fixed time zone; the workbench shows times in the zone of the browser. */
export default Intl.DateTimeFormat().resolvedOptions().timeZone;
