import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { graphql } from 'lightning/graphql';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';

const RUN = {
  Id: 'a04000000000001AAA',
  Name: { value: 'RUN-0000042' },
  status: { value: 'COMPLETE', label: 'Complete' },
  trigger: { value: 'MANUAL', label: 'Manual' },
  started: { value: '2026-11-22T10:00:00.000Z' },
  ...Object.fromEntries(
    ['billsSent', 'billsSkipped', 'billsWaiting', 'billsFailed', 'apiCalls'].map((name) => [name, { value: 1 }]),
  ),
  integration: { Name: { value: 'US gold' } },
};
const page = (runs: object[], endCursor: string | null = null): object => ({
  uiapi: {
    query: {
      runs: {
        edges: runs.map((node) => ({ node })),
        pageInfo: { endCursor, hasNextPage: endCursor !== null },
        totalCount: 40,
      },
    },
  },
});

describe('c-run-list', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const inFrame = (selector: string): any => find('c-list-frame').shadowRoot.querySelector(selector);
  const box = (name: string): any =>
    [...element.shadowRoot.querySelectorAll('lightning-combobox')].find((one: any) => one.name === name);
  const choose = async (name: string, value: string): Promise<void> => {
    box(name).dispatchEvent(new CustomEvent('change', { detail: { value } }));
    await settled();
  };
  let asked: any;

  beforeEach(async () => {
    const { default: RunList } = await import('c/runList');
    element = createElement('c-run-list', { is: RunList });
    document.body.appendChild(element);
    await settled();
    asked = undefined;
    (graphql as any).emit(undefined, (config: any) => {
      if (config.variables && 'where' in config.variables) asked = config.variables;
      return false;
    });
  });
  afterEach(() => element.remove());
  const variables = (): any => {
    (graphql as any).emit(undefined, (config: any) => {
      if (config.variables && 'where' in config.variables) asked = config.variables;
      return false;
    });
    return asked;
  };

  it('leads to the list views', () => {
    expect(find('.list-views').page.attributes.objectApiName).toBe('Integration_Run__c');
  });

  it('waits for the org', async () => {
    expect(inFrame('lightning-spinner')).not.toBeNull();
    await expect(element).toBeAccessible();
  });

  it('shows batches and goes from page to page by cursor', async () => {
    await answer('where', page([RUN], 'c1'));
    expect(find('c-integration-runs').runs[0]).toMatchObject({ name: 'RUN-0000042', trigger: 'Manual' });
    expect(variables()).toEqual({ where: { and: [{ Parent_Run__c: { eq: null } }] }, first: 25, after: null });
    inFrame('c-pager').dispatchEvent(new CustomEvent('next'));
    await settled();
    expect(variables().after).toBe('c1');
    inFrame('c-pager').dispatchEvent(new CustomEvent('previous'));
    await settled();
    expect(variables().after).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('offers statuses and triggers by the labels that the org gives them, and integrations by name', async () => {
    const picklist = (ApiName: string, value: string, label: string) => ({
      ApiName,
      picklistValuesByRecordTypeIDs: [{ picklistValues: [{ value, label }] }],
    });
    const fields = [picklist('Status__c', 'AUTH_FAILED', 'Not signed in'), picklist('Trigger__c', 'EVENT', 'Event')];
    await answer('apiNames', { uiapi: { objectInfos: [{ fields }] } });
    const edges = [{ node: { Id: 'a02', Name: { value: 'US gold' } } }];
    await answer(undefined, { uiapi: { query: { integrations: { edges } } } });
    const labels = (name: string): string[] => box(name).options.map(({ label }: any) => label);
    expect(labels('status')).toEqual(['All statuses', 'With failures', 'Not signed in']);
    expect(labels('trigger')).toEqual(['All triggers', 'Event']);
    expect(labels('integrationId')).toEqual(['All integrations', 'US gold']);
  });

  it('asks only for what the filters let through, from the first page', async () => {
    await answer('where', page([RUN], 'c1'));
    inFrame('c-pager').dispatchEvent(new CustomEvent('next'));
    await choose('status', 'ERROR');
    await choose('trigger', 'EVENT');
    await choose('integrationId', 'a02');
    await choose('days', '7');
    const { where, after } = variables();
    expect(after).toBeNull();
    expect(where.and.slice(0, 4)).toEqual([
      { Parent_Run__c: { eq: null } },
      { Status__c: { eq: 'ERROR' } },
      { Trigger__c: { eq: 'EVENT' } },
      { Integration__c: { eq: 'a02' } },
    ]);
    expect(Date.now() - Date.parse(where.and[4].Started__c.gte.value)).toBeGreaterThanOrEqual(7 * 86_400_000);
    await choose('status', 'WITH_FAILURES');
    expect(variables().where.and[1].or[1]).toEqual({ Bills_Failed__c: { gt: 0 } });
  });

  it('tells no Run yet from none that matches, which lets one clear the filters', async () => {
    await answer('where', page([]));
    expect(inFrame('c-empty-state').heading).toBe('No Run yet');
    expect(inFrame('slot')).toBeNull();
    await choose('status', 'ERROR');
    await answer('where', page([]));
    expect(inFrame('c-empty-state').heading).toBe('No Run matches');
    expect(inFrame('slot').name).toBe('filtered');
    await expect(element).toBeAccessible();
    find('.clear').click();
    await settled();
    expect(box('status').value).toBe('');
  });

  it('hands an error or a missing permission to the error panel', async () => {
    await refuse('where', 'Cannot query field "Integration_Run__c"');
    expect(inFrame('c-error-panel').errors).toHaveLength(1);
    expect(inFrame('c-error-panel').noAccessText).toContain('m3ter Integration Admin');
    await expect(element).toBeAccessible();
  });
});
