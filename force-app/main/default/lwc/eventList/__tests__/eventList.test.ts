import { createElement } from 'lwc';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';
import EventList from 'c/eventList';

describe('c-event-list', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);

  const box = (name: string): any =>
    [...element.shadowRoot.querySelectorAll('lightning-combobox')].find((one: any) => one.name === name);

  beforeEach(() => {
    element = createElement('c-event-list', { is: EventList });
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('shows first what nobody has dealt with', async () => {
    expect(find('c-integration-events').filter).toEqual({ state: 'open', kind: '', integrationId: '' });
    expect(find('.list-views').page.attributes.objectApiName).toBe('Integration_Event__c');
    await expect(element).toBeAccessible();
  });

  it('offers no integration to filter by where none can be read', async () => {
    await refuse(undefined, 'Cannot query field "Integration_Configuration__c" on type "RecordQuery".');
    expect(box('integrationId').options).toHaveLength(1);
    await expect(element).toBeAccessible();
  });

  it('filters by state, kind and integration', async () => {
    const edges = [{ node: { Id: 'a02', Name: { value: 'US gold' } } }];
    await answer(undefined, { uiapi: { query: { integrations: { edges } } } });
    await Promise.resolve();
    expect(box('integrationId').options.map(({ label }: any) => label)).toEqual([
      'c.Events_Integration_All',
      'US gold',
    ]);
    expect(box('kind').options).toHaveLength(6);
    await expect(element).toBeAccessible();
    for (const [name, value] of [
      ['state', 'all'],
      ['kind', 'integration.perform.error'],
      ['integrationId', 'a02'],
    ]) {
      box(name ?? '').dispatchEvent(new CustomEvent('change', { detail: { value } }));
    }
    await Promise.resolve();
    expect(find('c-integration-events').filter).toEqual({
      state: 'all',
      kind: 'integration.perform.error',
      integrationId: 'a02',
    });
  });
});
