import { createElement } from 'lwc';
import IntegrationsHome from 'c/integrationsHome';
import { graphql } from 'lightning/graphql';
import home from './data/home.json';

const wire = graphql as any;
const render = (): Promise<void> => Promise.resolve();
const withQuery = (changes: object) => ({ uiapi: { query: { ...home.uiapi.query, ...changes } } });

describe('c-integrations-home', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);

  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z'), doNotFake: ['queueMicrotask', 'nextTick'] });
    element = createElement('c-integrations-home', { is: IntegrationsHome });
    document.body.appendChild(element);
  });
  afterEach(() => {
    jest.useRealTimers();
    element.remove();
  });
  const isAccessible = async (): Promise<void> => {
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  };

  it('shows a spinner with words while it loads', async () => {
    await render();
    expect(find('lightning-spinner').alternativeText).toBe('c.Loading');
    await isAccessible();
  });

  it('answers first whether the integration works, then what needs somebody, then the history', async () => {
    wire.emit(home);
    await render();
    expect(find('.health').textContent).toContain('c.Health_Attention');
    expect(find('.unmatched').textContent).toContain('c.Integrations_Unmatched_Bills');
    expect(find('c-integration-events').events).toHaveLength(1);
    expect(find('c-integration-table').integrations.map((row: any) => row.name)).toEqual(['UK finance', 'US gold']);
    expect(find('c-integration-runs').runs[0]).toMatchObject({ sent: 41, skipped: 269, failed: 2 });
    await isAccessible();
  });

  it('says that nothing needs anybody when there is no Event', async () => {
    wire.emit(withQuery({ events: { edges: [], totalCount: 0 }, unmatched: { totalCount: 0 } }));
    await render();
    expect(find('c-integration-events')).toBeNull();
    expect(element.shadowRoot.textContent).toContain('c.Integrations_Nothing_Needs_You');
    expect(find('.unmatched').textContent).toBe('');
  });

  it('says what to do when no integration exists', async () => {
    wire.emit(withQuery({ configurations: { edges: [] }, runs: { edges: [] } }));
    await render();
    expect(find('.health').textContent).toContain('c.Health_Not_Set_Up');
    expect(find('c-empty-state').heading).toBe('c.Integrations_Empty_Title');
    expect(find('c-integration-table')).toBeNull();
    await isAccessible();
  });

  it('hands an error or a missing permission to the error panel', async () => {
    wire.emitErrors([{ message: 'Cannot query field "Integration_Run__c"', locations: [] }]);
    await render();
    expect(find('c-error-panel').errors).toHaveLength(1);
    expect(find('c-error-panel').noAccessText).toBe('c.Integrations_No_Access_Text');
    expect(find('.health')).toBeNull();
    await isAccessible();
  });
});
