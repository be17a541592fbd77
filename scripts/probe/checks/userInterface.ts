import type { Check } from '../check.ts';
import { refusal } from '../check.ts';
import type { ProbeOrg } from '../org.ts';

interface GraphqlBody {
  data?: unknown;
  errors?: Array<{ extensions?: { ErrorType?: string } }>;
}
interface Column {
  fieldApiName: string;
  lookupId?: string | null;
}

const IN_THE_MASTER_TYPE = 'recordTypeId=012000000000000AAA';

/** The classes of the errors of a GraphQL request. */
async function errorTypes(org: ProbeOrg, query: string): Promise<unknown[]> {
  const { errors = [] } = (await org.send('POST', 'graphql', { query })).body as GraphqlBody;
  return errors.map(({ extensions }) => extensions?.ErrorType);
}

const bodyOf = async <Body>(org: ProbeOrg, path: string): Promise<Body> => (await org.get(path)).body as Body;

/** What GraphQL and the UI API do. */
export const userInterfaceChecks: Check[] = [
  {
    name: 'graphql-owner-kinds',
    ofPackage: true,
    expected: { plain: ['ValidationError'], byKind: [] },
    async find(org) {
      const owner = (selection: string): Promise<unknown[]> =>
        errorTypes(
          org,
          `{ uiapi { query { ${org.prefix}Bill__c(first: 1) { edges { node { Owner { ${selection} } } } } } } }`,
        );
      return {
        plain: await owner('Name { value }'),
        byKind: await owner('... on User { Name { value } } ... on Group { Name { value } }'),
      };
    },
  },
  {
    name: 'graphql-parent-levels',
    expected: { five: 0, six: 1 },
    async find(org) {
      const up = async (levels: number): Promise<number> => {
        const path = `${'Parent { '.repeat(levels)} Id ${'}'.repeat(levels)}`;
        return (await errorTypes(org, `{ uiapi { query { Account(first: 1) { edges { node { ${path} } } } } } }`))
          .length;
      };
      return { five: await up(5), six: await up(6) };
    },
  },
  {
    name: 'graphql-rollup',
    expected: [1],
    async find(org) {
      const query = `{ uiapi { aggregate { User(first: 2000, groupBy: { type: ROLLUP, ProfileId: { group: true } }) {
        edges { node { aggregate { ProfileId { grouping { value } } } } } } } } }`;
      const { data } = (await org.send('POST', 'graphql', { query })).body as {
        data: { uiapi: { aggregate: { User: { edges: Array<{ node: { aggregate: Aggregate } }> } } } };
      };
      const groupings = data.uiapi.aggregate.User.edges.map(({ node }) => node.aggregate.ProfileId.grouping.value);
      return groupings.filter((value) => value === 1);
    },
  },
  {
    name: 'ui-list-columns',
    ofPackage: true,
    expected: { fieldApiName: 'CreatedBy.Name', lookupId: 'CreatedBy.Id' },
    async find(org) {
      const path = `ui-api/list-info/${org.prefix}Sync_Request__c/All`;
      const { displayColumns } = await bodyOf<{ displayColumns: Column[] }>(org, path);
      const { fieldApiName, lookupId } = displayColumns.find(({ fieldApiName: name }) => /^CreatedBy/.test(name)) ?? {};
      return { fieldApiName, lookupId };
    },
  },
  {
    name: 'ui-where-refused',
    expected: 400,
    async find(org) {
      const where = encodeURIComponent('{ Name: { eq: 7 } }');
      return (await org.get(`ui-api/list-records/Account/AllAccounts?where=${where}`)).status;
    },
  },
  {
    name: 'ui-list-missing',
    expected: 404,
    find: async (org) => (await org.get('ui-api/list-records/Account/m3ter_probe_none')).status,
  },
  {
    name: 'ui-layout',
    expected: { layoutType: 'Full', mode: 'Create', hasName: true },
    async find(org) {
      const path = `ui-api/layout/Account?layoutType=Full&mode=Create&${IN_THE_MASTER_TYPE}`;
      const layout = await bodyOf<{ layoutType: string; mode: string; sections: unknown }>(org, path);
      const hasName = JSON.stringify(layout.sections).includes('"apiName":"Name"');
      return { layoutType: layout.layoutType, mode: layout.mode, hasName };
    },
  },
  {
    name: 'ui-unmodified-since',
    writes: true,
    expected: [412, 200],
    async find(org) {
      const id = await org.make('Account', { Name: 'm3ter probe unmodified' });
      const change = async (since: string): Promise<number> => {
        const headers = { 'If-Unmodified-Since': since };
        const fields = { Description: 'm3ter probe' };
        return (await org.send('PATCH', `ui-api/records/${id}`, { fields }, headers)).status;
      };
      return [await change('Sat, 01 Jan 2000 00:00:00 GMT'), await change(new Date(Date.now() + 60_000).toUTCString())];
    },
  },
  {
    name: 'ui-save-refused',
    writes: true,
    expected: [400, 'RecordError'],
    async find(org) {
      const answer = await org.send('POST', 'ui-api/records', { apiName: 'Account', fields: { AccountNumber: '1' } });
      const { enhancedErrorType } = answer.body as { enhancedErrorType?: string };
      return enhancedErrorType === undefined ? refusal(answer) : [answer.status, enhancedErrorType];
    },
  },
];

interface Aggregate {
  ProfileId: { grouping: { value: number } };
}
