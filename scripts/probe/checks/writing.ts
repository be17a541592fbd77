import { account, badAccount, codesIn, refusal, verdicts } from '../check.ts';
import type { Check } from '../check.ts';
import type { ProbeOrg } from '../org.ts';

interface SubAnswer {
  httpStatusCode: number;
  body: unknown;
}

const compositeOf = async (org: ProbeOrg, request: object): Promise<SubAnswer[]> => {
  const { body } = org.remember(await org.send('POST', 'composite', request));
  return (body as { compositeResponse?: SubAnswer[] }).compositeResponse ?? [];
};

const collection = (org: ProbeOrg, referenceId: string, records: object[]) => ({
  method: 'POST',
  url: org.url('composite/sobjects'),
  referenceId,
  body: { records },
});

const namesLike = async (org: ProbeOrg, pattern: string): Promise<number> =>
  (await org.rows(`SELECT Id FROM Account WHERE Name LIKE 'm3ter probe ${pattern}'`)).length;

/** A composite that must come to nothing: two collections, in the second of which one record is bad. */
const failing = (org: ProbeOrg, name: string) => ({
  allOrNone: true,
  collateSubrequests: false,
  compositeRequest: [
    collection(org, 'good', [account(`${name} 1`)]),
    collection(org, 'mixed', [account(`${name} 2`), badAccount]),
  ],
});

/** What takes a record or two of Account to find out. */
export const writingChecks: Check[] = [
  {
    name: 'allOrNone-one-transaction',
    writes: true,
    expected: 0,
    async find(org) {
      await compositeOf(org, failing(org, 'transaction'));
      return await namesLike(org, 'transaction%');
    },
  },
  {
    name: 'composite-halted-body',
    writes: true,
    expected: [400, 'PROCESSING_HALTED'],
    async find(org) {
      const [good] = await compositeOf(org, failing(org, 'halted'));
      return [good?.httpStatusCode, ...codesIn(good?.body)];
    },
  },
  {
    name: 'composite-failed-collection',
    writes: true,
    expected: ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'],
    async find(org) {
      const [, mixed] = await compositeOf(org, failing(org, 'failed'));
      return verdicts({ body: mixed?.body });
    },
  },
  {
    name: 'composite-references',
    writes: true,
    expected: [201, 201],
    async find(org) {
      const create = (object: string, referenceId: string, body: object) => ({
        method: 'POST',
        url: org.url(`sobjects/${object}`),
        referenceId,
        body,
      });
      const answers = await compositeOf(org, {
        allOrNone: true,
        compositeRequest: [
          create('Account', 'account', { Name: 'm3ter probe referred' }),
          create('Contact', 'contact', { LastName: 'm3ter probe', AccountId: '@{account.id}' }),
        ],
      });
      return answers.map(({ httpStatusCode }) => httpStatusCode);
    },
  },
  {
    name: 'collection-verdicts',
    writes: true,
    expected: [
      ['saved', 'REQUIRED_FIELD_MISSING'],
      ['ALL_OR_NONE_OPERATION_ROLLED_BACK', 'REQUIRED_FIELD_MISSING'],
    ],
    async find(org) {
      const save = async (allOrNone: boolean) => {
        const records = [account('collection'), badAccount];
        return verdicts(org.remember(await org.send('POST', 'composite/sobjects', { allOrNone, records })));
      };
      return [await save(false), await save(true)];
    },
  },
  {
    name: 'collection-limit',
    writes: true,
    expected: [400, 'EXCEEDED_ID_LIMIT'],
    async find(org) {
      const records = Array.from({ length: 201 }, (_, index) => account(`limit ${index}`));
      return refusal(org.remember(await org.send('POST', 'composite/sobjects', { allOrNone: true, records })));
    },
  },
  {
    name: 'deleted-twice',
    writes: true,
    expected: { collection: ['ENTITY_IS_DELETED'], single: [404, 'ENTITY_IS_DELETED'], queryAll: true },
    async find(org) {
      const id = await org.make('Account', { Name: 'm3ter probe deleted' });
      await org.send('DELETE', `sobjects/Account/${id}`);
      const soql = encodeURIComponent(`SELECT IsDeleted FROM Account WHERE Id = '${id}'`);
      const { records } = (await org.get(`queryAll?q=${soql}`)).body as { records: Array<{ IsDeleted: boolean }> };
      return {
        collection: verdicts(await org.send('DELETE', `composite/sobjects?ids=${id}`)),
        single: refusal(await org.send('DELETE', `sobjects/Account/${id}`)),
        queryAll: records[0]?.IsDeleted,
      };
    },
  },
  {
    name: 'graphs-halted',
    writes: true,
    expected: { tried: 15, halted: 2 },
    async find(org) {
      const { attributes: _type, ...body } = badAccount;
      const graphs = Array.from({ length: 17 }, (_, index) => ({
        graphId: `g${index}`,
        compositeRequest: [{ method: 'POST', url: org.url('sobjects/Account'), referenceId: 'account', body }],
      }));
      const answer = (await org.send('POST', 'composite/graph', { graphs })).body as {
        graphs?: Array<{ graphResponse: { compositeResponse: SubAnswer[] } }>;
      };
      const codes = (answer.graphs ?? []).map(
        ({ graphResponse }) => codesIn(graphResponse.compositeResponse[0]?.body)[0],
      );
      const halted = codes.filter((code) => code === 'PROCESSING_HALTED').length;
      return { tried: codes.length - halted, halted };
    },
  },
  {
    name: 'tree-refused',
    writes: true,
    expected: { status: 400, hasErrors: true, bad: ['second'], made: 0 },
    async find(org) {
      const node = (referenceId: string, { attributes, ...fields }: Record<string, unknown>) => ({
        attributes: { ...(attributes as object), referenceId },
        ...fields,
      });
      const records = [node('first', account('tree')), node('second', badAccount)];
      const { status, body } = org.remember(await org.send('POST', 'composite/tree/Account', { records }));
      const { hasErrors, results } = body as { hasErrors?: boolean; results?: Array<{ referenceId: string }> };
      return {
        status,
        hasErrors,
        bad: results?.map(({ referenceId }) => referenceId),
        made: await namesLike(org, 'tree'),
      };
    },
  },
];
