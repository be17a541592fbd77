import { codesIn, refusal } from '../check.ts';
import type { Check } from '../check.ts';

const SMALL_PAGE = { 'Sforce-Query-Options': 'batchSize=200' };

interface Page {
  records: unknown[];
  done: boolean;
  nextRecordsUrl?: string;
}

/** What can be found out without writing anything. */
export const readingChecks: Check[] = [
  {
    name: 'version-resources',
    expected: { identity: true, missing: [] },
    async find(org) {
      const body = (await org.get(`/services/data/v${org.version}`)).body as Record<string, string>;
      const needed = ['actions', 'composite', 'identity', 'jobs', 'limits', 'query', 'queryAll', 'sobjects'];
      return {
        identity: /\/id\/00D\w{15}\/005\w{15}$/.test(String(body['identity'])),
        missing: needed.filter((name) => !(name in body)),
      };
    },
  },
  {
    name: 'api-usage-header',
    expected: { header: true, Max: 'number', Remaining: 'number' },
    async find(org) {
      const { headers, body } = await org.get('limits');
      const { DailyApiRequests: daily } = body as Record<string, { Max?: unknown; Remaining?: unknown }>;
      return {
        header: /^api-usage=\d+\/\d+/.test(headers.get('sforce-limit-info') ?? ''),
        Max: typeof daily?.Max,
        Remaining: typeof daily?.Remaining,
      };
    },
  },
  {
    name: 'session-refused',
    expected: [401, 'INVALID_SESSION_ID'],
    find: async (org) => refusal(await org.get('limits', { authorization: 'Bearer 00D!nobody' })),
  },
  {
    name: 'record-not-found',
    expected: [404, 'NOT_FOUND'],
    find: async (org) => refusal(await org.get('sobjects/Account/001000000000000AAA')),
  },
  {
    name: 'query-pages',
    expected: { sizes: [200, 1], done: [false, true], url: true },
    async find(org) {
      const first = (await org.query('SELECT Id FROM FieldPermissions LIMIT 201', SMALL_PAGE)).body as Page;
      const url = first.nextRecordsUrl ?? '';
      const next = (await org.get(url, SMALL_PAGE)).body as Page;
      return {
        sizes: [first.records.length, next.records.length],
        done: [first.done, next.done],
        url: /^\/services\/data\/v\d+\.0\/query\/\w+-200$/.test(url),
      };
    },
  },
  {
    name: 'query-locator-refused',
    expected: [400, 'INVALID_QUERY_LOCATOR'],
    find: async (org) => refusal(await org.get('query/01g000000000000AAA-200')),
  },
  {
    name: 'query-refused',
    expected: [
      [400, 'INVALID_FIELD'],
      [400, 'INVALID_TYPE'],
      [400, 'MALFORMED_QUERY'],
    ],
    find: async (org) => [
      refusal(await org.query('SELECT Nothing__c FROM Account')),
      refusal(await org.query('SELECT Id FROM Nothing__c')),
      refusal(await org.query('SELECT FROM Account')),
    ],
  },
  {
    name: 'text-ignores-case',
    expected: 1,
    find: async (org) => (await org.rows("SELECT Id FROM Profile WHERE Name = 'SYSTEM ADMINISTRATOR'")).length,
  },
  {
    name: 'composite-limits',
    expected: [
      [400, 'LIMIT_EXCEEDED'],
      [400, 'LIMIT_EXCEEDED'],
    ],
    async find(org) {
      const many = (count: number, path: string) => ({
        compositeRequest: Array.from({ length: count }, (_, index) => ({
          method: 'GET',
          url: org.url(path),
          referenceId: `r${index}`,
        })),
      });
      return [
        refusal(await org.send('POST', 'composite', many(26, 'limits'))),
        refusal(await org.send('POST', 'composite', many(6, 'query?q=SELECT+Id+FROM+Organization'))),
      ];
    },
  },
  {
    name: 'email-action',
    expected: true,
    async find(org) {
      const { actions } = (await org.get('actions/standard')).body as { actions: Array<{ name: string }> };
      return actions.some(({ name }) => name === 'emailSimple');
    },
  },
  {
    name: 'graphql-wrong-field',
    expected: { status: 200, data: null, type: 'ValidationError' },
    async find(org) {
      const query = 'query { uiapi { query { Account(first: 1) { edges { node { Nothing__c { value } } } } } } }';
      const { status, body } = await org.send('POST', 'graphql', { query });
      const { data, errors } = body as { data: unknown; errors: Array<{ extensions?: { ErrorType?: string } }> };
      return { status, data: data ?? null, type: errors[0]?.extensions?.ErrorType };
    },
  },
  {
    name: 'composite-reference-missing',
    expected: [400, 'PROCESSING_HALTED'],
    async find(org) {
      const compositeRequest = [{ method: 'GET', url: org.url('sobjects/Account/@{nobody.id}'), referenceId: 'r' }];
      const answer = (await org.send('POST', 'composite', { compositeRequest })).body as {
        compositeResponse?: Array<{ httpStatusCode: number; body: unknown }>;
      };
      const [first] = answer.compositeResponse ?? [];
      return [first?.httpStatusCode, ...codesIn(first?.body)];
    },
  },
];
