/** How long the org takes for a call, beside what the local org needs to do the work. */
export interface LatencyModel {
  readonly name: string;
  readonly says: string;
  /** Milliseconds of every call: a number, or what most calls take and what one in a hundred does. */
  readonly fixedMs: number | { readonly median: number; readonly p99: number };
  /** Milliseconds for each record that is written or read. */
  readonly perRecordMs: number;
}

export const NONE: LatencyModel = { name: '0 ms', says: 'no latency', fixedMs: 0, perRecordMs: 0 };
export const FIXED: LatencyModel = { name: '50 ms', says: '50 ms a call', fixedMs: 50, perRecordMs: 0 };
/** After what is published of Salesforce: a write of 200 records takes some hundred milliseconds, and a few calls take long. */
export const SALESFORCE: LatencyModel = {
  name: 'Salesforce',
  says: '120 ms a call (log-normal, one in a hundred 1,200 ms) and 1 ms a record',
  fixedMs: { median: 120, p99: 1200 },
  perRecordMs: 1,
};

export const LATENCY_MODELS: readonly LatencyModel[] = [NONE, FIXED, SALESFORCE];

/** The rules of the local org that play the model, with the same draws in every run. */
export function faultsOf({ fixedMs, perRecordMs }: LatencyModel): object[] {
  if (fixedMs === 0 && perRecordMs === 0) return [];
  const ms = typeof fixedMs === 'number' ? fixedMs : { lognormal: fixedMs };
  return [{ match: {}, seed: 'bench', fault: { kind: 'latency', ms, perRecordMs } }];
}

/** The 99th percentile of the standard normal distribution. */
const Z99 = 2.3263478740408408;

/** Milliseconds of a call on average, without its records. */
export function meanCallMs({ fixedMs }: LatencyModel): number {
  if (typeof fixedMs === 'number') return fixedMs;
  const sigma = Math.log(fixedMs.p99 / fixedMs.median) / Z99;
  return fixedMs.median * Math.exp((sigma * sigma) / 2);
}
