import { codesIn, refusal, verdicts } from '../check.ts';
import type { Check } from '../check.ts';
import type { Answer, ProbeOrg } from '../org.ts';

/** Names of the package as this org has them. */
function namesIn({ prefix = '' }: ProbeOrg) {
  const withPrefix = (fields: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [/__[cr]$/.test(name) ? prefix + name : name, value]),
    );
  return { prefix, withPrefix, bill: `${prefix}Bill__c`, line: `${prefix}Bill_Line_Item__c` };
}

const KEY = 'm3ter-probe';

function billFields(org: ProbeOrg, version: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return namesIn(org).withPrefix({
    Name: 'm3ter probe',
    Source_Version__c: version,
    Line_Item_Count__c: 0,
    Sync_State__c: 'Complete',
    Currency_Code__c: 'USD',
    ...more,
  });
}

async function upsertBill(
  org: ProbeOrg,
  key: string,
  version: number,
  more?: Record<string, unknown>,
): Promise<Answer> {
  const { bill, prefix } = namesIn(org);
  const path = `sobjects/${bill}/${prefix}M3ter_Bill_Id__c/${key}`;
  return org.remember(await org.send('PATCH', path, billFields(org, version, more)));
}

async function upsertBills(org: ProbeOrg, bills: Array<[key: string, version: number]>): Promise<Answer> {
  const { bill, prefix } = namesIn(org);
  const records = bills.map(([key, version]) => ({
    attributes: { type: bill },
    [`${prefix}M3ter_Bill_Id__c`]: key,
    ...billFields(org, version),
  }));
  const path = `composite/sobjects/${bill}/${prefix}M3ter_Bill_Id__c`;
  return org.remember(await org.send('PATCH', path, { allOrNone: false, records }));
}

async function upsertLines(org: ProbeOrg, billKey: string, keys: string[]): Promise<Answer> {
  const { line, prefix, withPrefix } = namesIn(org);
  const records = keys.map((key, index) => ({
    attributes: { type: line },
    ...withPrefix({
      Line_Item_Key__c: key,
      Bill__r: { [`${prefix}M3ter_Bill_Id__c`]: billKey },
      Position__c: index + 1,
      Line_Item_Type__c: 'STANDING_CHARGE',
      Currency_Code__c: 'USD',
    }),
  }));
  const path = `composite/sobjects/${line}/${prefix}Line_Item_Key__c`;
  return org.remember(await org.send('PATCH', path, { allOrNone: false, records }));
}

interface Described {
  fields: Array<Record<string, unknown> & { name: string }>;
}

async function describeField(org: ProbeOrg, object: string, field: string): Promise<Record<string, unknown>> {
  const { fields } = (await org.get(`sobjects/${object}/describe`)).body as Described;
  return fields.find(({ name }) => name === field) ?? {};
}

/** What the agent counts on of the package's own objects. */
export const packageChecks: Check[] = [
  {
    name: 'external-id-described',
    ofPackage: true,
    expected: { type: 'string', externalId: true, unique: true, idLookup: true, nillable: false, caseSensitive: false },
    async find(org) {
      const { bill, prefix } = namesIn(org);
      const field = await describeField(org, bill, `${prefix}M3ter_Bill_Id__c`);
      const { type, externalId, unique, idLookup, nillable, caseSensitive } = field;
      return { type, externalId, unique, idLookup, nillable, caseSensitive };
    },
  },
  {
    name: 'reparentable-detail-updateable',
    ofPackage: true,
    expected: true,
    async find(org) {
      const { line, bill } = namesIn(org);
      return (await describeField(org, line, bill))['updateable'];
    },
  },
  {
    name: 'stale-version-refused',
    writes: true,
    ofPackage: true,
    expected: {
      single: [400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
      collection: ['FIELD_CUSTOM_VALIDATION_EXCEPTION'],
      same: 200,
    },
    async find(org) {
      await upsertBill(org, `${KEY}-stale`, 2);
      return {
        single: refusal(await upsertBill(org, `${KEY}-stale`, 1)),
        collection: verdicts(await upsertBills(org, [[`${KEY}-stale`, 1]])),
        same: (await upsertBill(org, `${KEY}-stale`, 2)).status,
      };
    },
  },
  {
    name: 'repeated-external-id',
    writes: true,
    ofPackage: true,
    expected: ['saved', 'DUPLICATE_VALUE', 'saved'],
    find: async (org) =>
      verdicts(
        await upsertBills(org, [
          [`${KEY}-a`, 1],
          [`${KEY}-a`, 1],
          [`${KEY}-b`, 1],
        ]),
      ),
  },
  {
    name: 'external-id-ignores-case',
    writes: true,
    ofPackage: true,
    expected: [201, 200],
    find: async (org) => [
      (await upsertBill(org, `${KEY}-Case`, 1)).status,
      (await upsertBill(org, `${KEY}-cASE`, 1)).status,
    ],
  },
  {
    name: 'parent-by-external-id',
    writes: true,
    ofPackage: true,
    expected: { missing: ['INVALID_FIELD'], made: ['saved'], resent: ['saved'] },
    async find(org) {
      await upsertBill(org, `${KEY}-parent`, 1);
      return {
        missing: verdicts(await upsertLines(org, `${KEY}-nobody`, [`${KEY}-l0`])),
        made: verdicts(await upsertLines(org, `${KEY}-parent`, [`${KEY}-l1`])),
        resent: verdicts(await upsertLines(org, `${KEY}-parent`, [`${KEY}-l1`])),
      };
    },
  },
  {
    name: 'roll-up-at-once',
    writes: true,
    ofPackage: true,
    expected: 2,
    async find(org) {
      const { bill, prefix } = namesIn(org);
      await upsertBill(org, `${KEY}-sum`, 1);
      await upsertLines(org, `${KEY}-sum`, [`${KEY}-s1`, `${KEY}-s2`]);
      const count = `${prefix}Line_Items_Written__c`;
      const [row] = await org.rows(`SELECT ${count} FROM ${bill} WHERE ${prefix}M3ter_Bill_Id__c = '${KEY}-sum'`);
      return row?.[count];
    },
  },
  {
    name: 'numbers-rounded',
    writes: true,
    ofPackage: true,
    expected: [1.0001, -1.0001],
    async find(org) {
      const { bill, prefix } = namesIn(org);
      const total = `${prefix}Bill_Total__c`;
      const found: unknown[] = [];
      for (const value of [1.00005, -1.00005]) {
        await upsertBill(org, `${KEY}-round`, 1, { Bill_Total__c: value });
        const [row] = await org.rows(`SELECT ${total} FROM ${bill} WHERE ${prefix}M3ter_Bill_Id__c = '${KEY}-round'`);
        found.push(row?.[total]);
      }
      return found;
    },
  },
  {
    name: 'refused-values',
    writes: true,
    ofPackage: true,
    expected: ['STRING_TOO_LONG', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'JSON_PARSER_ERROR', 'INVALID_FIELD'],
    async find(org) {
      const values: Array<Record<string, unknown>> = [
        { Currency_Code__c: 'x'.repeat(300) },
        { Sync_State__c: 'Nowhere' },
        { Bill_Total__c: 'twelve' },
        { Nothing__c: 1 },
      ];
      const codes: Array<string | undefined> = [];
      for (const value of values) codes.push(codesIn((await upsertBill(org, `${KEY}-wrong`, 1, value)).body)[0]);
      return codes;
    },
  },
];
