/** `npm run bench:simulate`: what 10 million Bills a month over 1,000 orgs take, on the bench's model of Salesforce. */
import { createRandom } from '../sandbox/data/random.ts';
import { packBills } from '../agent/src/rules/packing.ts';
import { drawDuration } from '../sandbox/shared/duration.ts';
import { SALESFORCE } from './run/latency.ts';
import { CONCURRENCY } from './run/floor.ts';
import { number } from './report/text.ts';

const BILLS = 10_000_000;
const ORGS = 1000;
const LINES = 10;
/** Bills are made when the month is over: this share of them within so many hours. */
const PEAK = { share: 0.6, hours: 24 };
/** An Enterprise Edition org without extra licences. */
const CALLS_A_DAY = 100_000;
/** Measured by the bench: seconds of one core for 1,000 Bills of 10 lines, and calls beside those that write. */
const CPU_PER_1000 = 1.5;
const OTHER_CALLS_PER_GROUP = 2;
const BILLS_PER_GROUP = 300;
/** Groups that one worker has under way. */
const GROUPS_PER_WORKER = 3;
/** What a month of two cores and 4 GB costs, and of a PostgreSQL with as much, at the list price of large providers. */
const DOLLARS = { worker: 35, database: 70 };

interface Org {
  readonly bills: number;
  readonly calls: number;
  /** Seconds that its calls take, one after the other. */
  readonly seconds: number;
}

/** Orgs whose sizes differ as those of companies do: the largest fifth has most of the Bills. */
function makeOrgs(): Org[] {
  const random = createRandom('simulation');
  const weights = Array.from({ length: ORGS }, () => Math.exp(1.2 * gaussian(random.next(), random.next())));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => orgOf(Math.round((BILLS * weight) / sum), () => random.next()));
}

function orgOf(bills: number, random: () => number): Org {
  const group = packBills(Array.from({ length: BILLS_PER_GROUP }, () => ({ lineCount: LINES, staleCount: 0 })));
  const groups = Math.ceil(bills / BILLS_PER_GROUP);
  const calls = groups * (group.packs.length + OTHER_CALLS_PER_GROUP);
  // As many draws as describe the mean and the tail; an org makes thousands.
  const draws = Math.min(calls, 200);
  let drawn = 0;
  for (let call = 0; call < draws; call += 1) {
    const fixed = SALESFORCE.fixedMs;
    drawn += drawDuration(typeof fixed === 'number' ? fixed : { lognormal: fixed }, random);
  }
  // Header, Run and Line Items.
  const records = bills * (2 + LINES);
  return { bills, calls, seconds: ((drawn / draws) * calls + records * SALESFORCE.perRecordMs) / 1000 };
}

function gaussian(a: number, b: number): number {
  return Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
}

const orgs = makeOrgs().toSorted((a, b) => b.bills - a.bills);
const total = (of: (org: Org) => number): number => orgs.reduce((sum, org) => sum + of(org), 0);
const calls = total((org) => org.calls);
const seconds = total((org) => org.seconds);
const [largest] = orgs as [Org];

/** Hours until the peak is over with so many workers: the org with most Bills, the calls, or the CPU. */
function hoursOfPeak(workers: number): number {
  const lanes = workers * GROUPS_PER_WORKER * CONCURRENCY;
  const byCalls = (PEAK.share * seconds) / Math.min(lanes, ORGS * CONCURRENCY);
  const byCpu = (PEAK.share * (BILLS / 1000) * CPU_PER_1000) / workers;
  const byLargest = (PEAK.share * largest.seconds) / CONCURRENCY;
  return Math.max(byCalls, byCpu, byLargest) / 3600;
}

const rows = [1, 2, 4, 8, 16].map((workers) => {
  const hours = hoursOfPeak(workers);
  const dollars = workers * DOLLARS.worker + DOLLARS.database;
  return `  ${String(workers).padStart(7)}  ${number(hours).padStart(10)} h  ${hours <= PEAK.hours ? 'yes' : 'no '}      $${dollars}`;
});
console.log(`${number(BILLS)} Bills of ${LINES} lines a month over ${number(ORGS)} orgs; latency: ${SALESFORCE.says}

Calls to Salesforce: ${number(calls)} a month, ${number((calls / BILLS) * 1000)} for 1,000 Bills
The largest org: ${number(largest.bills)} Bills, ${number(largest.calls)} calls a month; on the day of the peak ${number((PEAK.share * largest.calls * 100) / CALLS_A_DAY)} % of an allowance of ${number(CALLS_A_DAY)}
Time in calls: ${number(seconds / 3600)} h a month, at ${CONCURRENCY} at the same time for each org
CPU: ${number(((BILLS / 1000) * CPU_PER_1000) / 3600)} h of one core a month

  workers  peak of ${number(BILLS * PEAK.share)} Bills  in ${PEAK.hours} h  a month
${rows.join('\n')}`);
