import { createElement } from 'lwc';
import IntegrationEvents from 'c/integrationEvents';
import MappingDialog from 'c/mappingDialog';
import { graphql } from 'lightning/graphql';
import { createRecord, updateRecord } from 'lightning/uiRecordApi';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';

const openDialog = (MappingDialog as any).open as jest.Mock;
const event = (id: string, kind: string, changes: object = {}): object => ({
  Id: id,
  eventName: { value: `integration.${kind}.error`, label: kind },
  eventTime: { value: '2026-11-22T10:00:00.000Z' },
  message: { value: `What happened to ${id}.` },
  actioned: { value: false },
  runId: { value: 'a04000000000001AAA' },
  integrationId: { value: 'a02000000000001AAA' },
  integration: { Name: { value: 'US gold' } },
  m3terAccountId: { value: 'm-1' },
  m3terAccountCode: { value: 'Atlas-Orion-002' },
  ...changes,
});
const data = (events: object[], totalCount = events.length): object => ({
  uiapi: { query: { events: { edges: events.map((node) => ({ node })), totalCount } } },
});
const ALL = ['validation', 'missingaccountmapping', 'authentication', 'perform', 'disabled'].map((kind) =>
  event(kind, kind),
);

describe('c-integration-events', () => {
  let element: any;
  const toast = jest.fn();
  const changed = jest.fn();
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const inFrame = (selector: string): any => find('c-list-frame').shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const button = (id: string): any => find(`button[data-id="${id}"]`);
  const select = async (...ids: string[]): Promise<void> => {
    for (const id of ids) find(`input[data-id="${id}"]`).click();
    await settled();
  };
  const variables = (): any => (graphql as any).getLastConfig().variables;

  beforeEach(() => {
    jest.clearAllMocks();
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    (updateRecord as jest.Mock).mockResolvedValue({});
    element = createElement('c-integration-events', { is: IntegrationEvents });
    element.addEventListener('lightning__showtoast', toast);
    element.addEventListener('changed', changed);
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('shows what happened, when, to which integration, and that nobody has dealt with it', async () => {
    await answer('where', data([event('e1', 'perform')]));
    expect(find('.message').textContent).toBe('What happened to e1.');
    expect(find('.events').textContent).toContain('US gold');
    expect(find('.state').textContent).toBe('c.Event_Open');
    expect(find('c-relative-time').value).toBe('2026-11-22T10:00:00.000Z');
    await expect(element).toBeAccessible();
  });

  it('offers exactly the one right action for each kind', async () => {
    await answer('where', data(ALL));
    const actions = all('.action').map((action: any) => {
      const link = action.querySelector('c-record-link');
      return link ? `${link.label} ${link.page.attributes.objectApiName}` : action.textContent.trim().split(' ')[0];
    });
    expect(actions.map((text) => text.replace(/What$/, ''))).toEqual([
      'c.Event_Open_Run Integration_Run__c',
      'c.Event_Create_Mapping',
      'c.Event_Open_Integration Integration_Configuration__c',
      'c.Event_Open_Run Integration_Run__c',
      'c.Integration_Test_And_Enable',
    ]);
  });

  it('offers nothing where what the action leads to is gone', async () => {
    await answer('where', data([event('e1', 'perform', { runId: { value: null } })]));
    expect(find('.action').textContent).toBe('');
  });

  it('marks the selected Events as actioned and puts focus on the list', async () => {
    await answer('where', data(ALL));
    expect(find('.mark').disabled).toBe(true);
    await select('perform', 'disabled', 'validation', 'disabled');
    find('.mark').click();
    await settled();
    const ids = (updateRecord as jest.Mock).mock.calls.map(([{ fields }]) => fields.Id);
    expect(ids).toEqual(['perform', 'validation']);
    expect(changed).toHaveBeenCalledTimes(1);
    expect(toast.mock.calls[0][0].detail.variant).toBe('success');
    expect(element.shadowRoot.activeElement).toBe(find('.events'));
  });

  it('selects all that are shown and not actioned yet', async () => {
    await answer('where', data([event('e1', 'perform'), event('e2', 'perform', { actioned: { value: true } })]));
    find('.all input').click();
    await settled();
    find('.mark').click();
    await settled();
    expect((updateRecord as jest.Mock).mock.calls.map(([{ fields }]) => fields.Id)).toEqual(['e1']);
  });

  it('forgets the selection of Events that went away', async () => {
    await answer('where', data(ALL));
    await select('perform');
    await answer('where', data([event('validation', 'validation')]));
    expect(find('.mark').disabled).toBe(true);
  });

  it('says why an Event could not be changed and keeps it', async () => {
    (updateRecord as jest.Mock).mockRejectedValue({ body: { message: 'insufficient access rights' } });
    await answer('where', data(ALL));
    await select('perform');
    find('.mark').click();
    await settled();
    expect(toast.mock.calls[0][0].detail).toMatchObject({ variant: 'error', message: 'insufficient access rights' });
    expect(find('input[data-id="perform"]').checked).toBe(true);
  });

  it('creates an External Mapping for the chosen Account, and marks the Event once that is done', async () => {
    openDialog.mockResolvedValue('001000000000001AAA');
    await answer('where', data(ALL));
    button('missingaccountmapping').click();
    await settled();
    expect(openDialog.mock.calls[0][0].m3terAccount).toBe('Atlas-Orion-002');
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toEqual({
      Type__c: 'CREATE_EXTERNAL_MAPPING',
      M3ter_Account_Id__c: 'm-1',
      Account__c: '001000000000001AAA',
    });
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail: { isDone: true } }));
    await settled();
    expect((updateRecord as jest.Mock).mock.calls[0][0].fields).toMatchObject({ Id: 'missingaccountmapping' });
  });

  it('asks for nothing when no Account is chosen', async () => {
    openDialog.mockResolvedValue(undefined);
    await answer('where', data(ALL));
    button('missingaccountmapping').click();
    await settled();
    expect(createRecord).not.toHaveBeenCalled();
  });

  it('asks to test and enable, and leaves the Event when that did not work', async () => {
    await answer('where', data(ALL));
    button('disabled').click();
    await settled();
    expect((createRecord as jest.Mock).mock.calls[0][0].fields).toEqual({
      Type__c: 'ENABLE_INTEGRATION',
      Integration__c: 'a02000000000001AAA',
    });
    find('c-sync-request').dispatchEvent(new CustomEvent('answered', { detail: { isDone: false } }));
    await settled();
    expect(updateRecord).not.toHaveBeenCalled();
  });

  it('goes from page to page by cursor, and back to the first when the filter changes', async () => {
    const page = (endCursor: string | null) => {
      const given = data(ALL, 25) as any;
      given.uiapi.query.events.pageInfo = { endCursor, hasNextPage: endCursor !== null };
      return given;
    };
    await answer('where', page('c1'));
    const pager = inFrame('c-pager');
    expect([pager.offset, pager.shown, pager.total, pager.hasNext]).toEqual([0, 5, 25, true]);
    pager.dispatchEvent(new CustomEvent('next'));
    await settled();
    expect(variables()).toMatchObject({ first: 20, after: 'c1' });
    await answer('where', page(null));
    expect([pager.offset, pager.hasNext]).toEqual([20, false]);
    pager.dispatchEvent(new CustomEvent('previous'));
    await settled();
    expect(variables().after).toBeNull();
    await answer('where', page('c1'));
    pager.dispatchEvent(new CustomEvent('next'));
    element.filter = { state: 'all' };
    await settled();
    expect(variables().after).toBeNull();
    await expect(element).toBeAccessible();
  });

  it('asks only for what the filter lets through', async () => {
    element.filter = { state: 'all', kind: 'integration.perform.error', integrationId: 'a02', runId: 'a04' };
    await settled();
    expect(variables().where).toEqual({
      and: [
        { Event_Name__c: { eq: 'integration.perform.error' } },
        { Integration__c: { eq: 'a02' } },
        { or: [{ Run__c: { eq: 'a04' } }, { Run__r: { Parent_Run__c: { eq: 'a04' } } }] },
      ],
    });
    element.filter = { state: 'all' };
    await settled();
    expect(variables().where).toEqual({ Id: { ne: null } });
  });

  it('tells apart that there is nothing and that the filter hides all', async () => {
    await answer('where', data([]));
    expect(inFrame('c-empty-state').heading).toBe('c.Events_Empty_Title');
    element.filter = { state: 'open', kind: 'integration.perform.error' };
    await answer('where', data([]));
    expect(inFrame('c-empty-state').heading).toBe('c.Events_Filtered_Title');
    element.isCompact = true;
    await settled();
    expect(inFrame('.empty').textContent).toBe('c.Integrations_Nothing_Needs_You');
    await expect(element).toBeAccessible();
  });

  it('hands errors to the error panel', async () => {
    await refuse('where', 'Cannot query field');
    expect(inFrame('c-error-panel').errors).toHaveLength(1);
    await expect(element).toBeAccessible();
  });
});
