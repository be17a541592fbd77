export const PUSH = 'push';
export const DEAD = 'push.dead';
export const SCAN = 'scan';

/** Attempts of a scan after the first. */
export const SCAN_RETRIES = 6;

/** pg-boss's tables. */
export const SCHEMA = 'pgboss';

/** Of a row `j` of pgboss.job: a push job that is still to be done. */
export const LIVE_PUSH_JOB = `j.name = '${PUSH}' AND j.state IN ('created', 'retry', 'active')`;
