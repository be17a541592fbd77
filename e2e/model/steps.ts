/** What may happen to m3ter, to Salesforce, to the wires between them and to the agent. */
import fc from 'fast-check';
import type { Fault } from '../../sandbox/org/trouble/faults.ts';
import type { DeliveryFault, M3terFault } from '../../sandbox/m3ter/faults.ts';

/** Numbers pick among what there is at that moment, so that any sequence makes sense, also a shortened one. */
export type Step =
  | { kind: 'makeBill'; account: number; lines: number; isApproved: boolean }
  | { kind: 'recalculate' | 'lateUsage' | 'approve' | 'unapprove' | 'lock' | 'delete'; bill: number }
  | { kind: 'mapAccount' | 'linkAccount'; account: number }
  | { kind: 'retier'; account: number }
  | { kind: 'changeRule'; integration: number; rule: Rule }
  | { kind: 'switch'; integration: number; isOn: boolean }
  | { kind: 'orgFault'; fault: Fault; times: number }
  | { kind: 'm3terFault'; fault: M3terFault; times: number }
  | { kind: 'deliveryFault'; fault: DeliveryFault; times: number }
  | { kind: 'hint'; bill: number; copies: number }
  | { kind: 'loseEvents' }
  | { kind: 'request'; request: 'SYNC_NOW' | 'RESEND_BILL'; bill: number }
  | { kind: 'crash'; chunks: number }
  | { kind: 'stop' }
  | { kind: 'wait'; milliseconds: number };

export type Rule = 'approval' | 'restrict' | 'allow' | 'filter' | 'mapping' | 'exclude' | 'sort' | 'schedule';

const pick = fc.nat({ max: 30 });
const composite = [
  { kind: 'rowLock' },
  { kind: 'dropBefore' },
  { kind: 'dropAfterCommit' },
  { kind: 'expireSession' },
  { kind: 'latency', ms: { lognormal: { median: 40, p99: 200 } }, perRecordMs: 1 },
  { kind: 'slowBody', ms: 60 },
  { kind: 'cutBody' },
  { kind: 'halfOpen', afterCommit: true },
  { kind: 'status', status: 503, body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Try again.' }] },
  { kind: 'status', status: 500, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'Something went wrong.' }] },
  { kind: 'limit', of: 'ConcurrentRequests' },
  { kind: 'limit', of: 'TotalRequests' },
  { kind: 'refuse', code: 'DUPLICATE_VALUE', message: 'duplicate value found', object: 'Bill__c' },
  { kind: 'refuse', code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access', object: 'Bill__c' },
  { kind: 'refuse', code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing', object: 'Bill__c' },
  { kind: 'refuse', code: 'STRING_TOO_LONG', message: 'data value too large', object: 'Bill_Line_Item__c' },
] as const satisfies Fault[];
/** Writes of whole Bills take long enough for anything else to happen meanwhile; looks at the org stay short. */
const SLOW_WRITES = { kind: 'latency', ms: 0, perRecordMs: 15 } as const satisfies Fault;
const m3ter = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'status', status: 401 },
  { kind: 'dropBefore' },
  { kind: 'dropAfterCommit' },
  { kind: 'latency', ms: 40 },
] as const satisfies M3terFault[];
const delivery = [
  { kind: 'loseDelivery' },
  { kind: 'repeatDelivery' },
  { kind: 'delayDelivery', ms: 80 },
] as const satisfies DeliveryFault[];
const times = fc.integer({ min: 1, max: 3 });
const RULES: Rule[] = ['approval', 'restrict', 'allow', 'filter', 'mapping', 'exclude', 'sort', 'schedule'];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      kind: fc.constant('makeBill' as const),
      account: pick,
      lines: fc.integer({ min: 0, max: 6 }),
      isApproved: fc.boolean(),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['recalculate', 'recalculate', 'lateUsage', 'approve', 'unapprove', 'lock', 'delete'] as const),
      ),
      bill: pick,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('mapAccount', 'linkAccount'), account: pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retier' as const), account: pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('changeRule' as const),
      integration: pick,
      rule: fc.constantFrom(...RULES),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('switch' as const), integration: pick, isOn: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('orgFault' as const), fault: fc.constantFrom(...composite), times }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('orgFault' as const),
      fault: fc.constant(SLOW_WRITES),
      times: fc.integer({ min: 2, max: 20 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('m3terFault' as const), fault: fc.constantFrom(...m3ter), times }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('deliveryFault' as const), fault: fc.constantFrom(...delivery), times }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('hint' as const), bill: pick, copies: times }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'loseEvents' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('request' as const),
      request: fc.constantFrom('SYNC_NOW' as const, 'RESEND_BILL' as const),
      bill: pick,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('crash' as const), chunks: fc.integer({ min: 0, max: 120 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'stop' as const }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.integer({ min: 0, max: 120 }) }),
  },
);

/** Sequences of up to 30 things that happen one after the other. */
export const sequences: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 30, size: 'max' });
