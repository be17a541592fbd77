/** Help texts by topic; the empty topic is what `m3ter-bills help` prints. */
export const HELP: Readonly<Record<string, string>> = {
  '': `m3ter-bills sends Bills from m3ter to Salesforce and keeps them right.

Usage: m3ter-bills COMMAND [options]

  sync --once     Look at every Bill once, send what the integrations' rules allow, report, end
  start           The same again and again until it is told to stop (Ctrl-C or SIGTERM)
  status          What the last sweeps did
  help [TOPIC]    This text, or the help of a command, of configuration or of exit-codes
  --version       The version

Try first: m3ter-bills help configuration`,

  sync: `Usage: m3ter-bills sync --once [--json] [--config FILE]

Looks at every Bill in m3ter once for each enabled Integration Configuration of the Salesforce org, and sends those
that are new or changed and that the integration's rules let through. Sending again changes nothing.

  --once          Required: one sweep. For sweeps at an interval use: m3ter-bills start
  --json          Print one JSON document on stdout instead of a table; with "error" in it when the sweep breaks off
  --config FILE   Settings as JSON; the environment wins over the file

Exit codes: 0 all good, 1 some Bills failed or the sweep broke off, 2 usage or configuration, 3 authentication.
The settings: m3ter-bills help configuration`,

  start: `Usage: m3ter-bills start [--config FILE]

Sweeps every SYNC_INTERVAL_SECONDS (900) until SIGTERM or SIGINT, then ends within 10 seconds; what was under way is
taken up again at the next start. When m3ter or Salesforce cannot be reached it logs one line and tries again.

  --config FILE   Settings as JSON; the environment wins over the file

Logs are JSON lines on stderr. Exit codes: 0 told to stop, 2 usage or configuration, 3 the first sign-in was refused.
The settings: m3ter-bills help configuration`,

  status: `Usage: m3ter-bills status [--json] [--config FILE]

Shows what the last sweeps did and how many Bills are sent, skipped, waiting and failed, from the agent's own memory
(STORE_URL). It needs no connection. While an agent is running on the same store, ask that agent's log instead.

  --json          Print one JSON document on stdout
  --config FILE   Settings as JSON; the environment wins over the file`,

  configuration: `Settings come from the environment; those marked * also from a file (--config FILE, JSON, names in camelCase).

m3ter
  M3TER_BASE_URL *              Default https://api.m3ter.com
  M3TER_ORG_ID *                The organization's id
  M3TER_API_KEY                 Access key id of a Service User that may retrieve Bills, Accounts, External Mappings
  M3TER_API_SECRET              Its secret
  M3TER_REQUESTS_PER_SECOND *   Default 10; m3ter allows an organization 50

Salesforce
  SALESFORCE_LOGIN_URL *        My Domain URL, https://NAME.my.salesforce.com
  SALESFORCE_CLIENT_ID *        Consumer key of the External Client App
  SALESFORCE_CLIENT_SECRET      For client credentials: its secret
  SALESFORCE_USERNAME *         For JWT bearer: the user, and
  SALESFORCE_JWT_KEY_FILE *     the file with the private key (PEM)
  SALESFORCE_CONCURRENCY *      Calls at the same time, default 4

Agent
  STORE_URL *                   pglite://FOLDER, default pglite://./m3ter-bills-data
  SYNC_INTERVAL_SECONDS *       For start, default 900
  LOG_LEVEL *                   trace, debug, info, warn, error or silent; default info

M3TER_API_KEY, M3TER_API_SECRET and SALESFORCE_CLIENT_SECRET can be read from files: set the name with _FILE at the
end. A file with a secret must be readable by its owner alone (chmod 600).`,

  'exit-codes': `Exit codes of m3ter-bills:

  0   All good: every Bill that the rules let through is in Salesforce
  1   Some Bills failed, or the sweep broke off because m3ter or Salesforce could not be reached
  2   Wrong usage or configuration, or the org lacks the package or permissions
  3   m3ter or Salesforce refuses the credentials`,
};
