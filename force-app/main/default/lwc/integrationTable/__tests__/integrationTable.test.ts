import { createElement } from 'lwc';
import IntegrationTable from 'c/integrationTable';

const GOOD = {
  id: '1',
  name: 'US gold',
  enabled: true,
  connected: true,
  connection: 'Connected',
  trigger: 'Schedule',
  lastCheck: '2026-11-22T11:58:00.000Z',
  successiveErrors: 0,
  accountFilter: '',
  disabledReason: '',
};

describe('c-integration-table', () => {
  let element: any;
  const rows = (): any[] => [...element.shadowRoot.querySelectorAll('tbody tr')];

  beforeEach(() => {
    element = createElement('c-integration-table', { is: IntegrationTable });
    element.integrations = [
      GOOD,
      { ...GOOD, id: '2', name: 'New', connected: false, connection: 'Not connected', lastCheck: null },
      { ...GOOD, id: '3', name: 'UK', enabled: false, disabledReason: '10 successive errors', successiveErrors: 10 },
    ];
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('says the state of each integration in a word and an icon', () => {
    expect(rows().map((row) => row.querySelector('.status').textContent)).toEqual([
      'Connected',
      'Not connected',
      'c.Integration_Disabled',
    ]);
    expect(rows().map((row) => row.querySelector('lightning-icon').variant)).toEqual(['success', 'warning', 'error']);
  });

  it('says why an integration is disabled, and that one was never checked', () => {
    expect(rows()[2].textContent).toContain('10 successive errors');
    expect(rows()[1].textContent).toContain('c.Never');
  });

  it('leads to the page of each integration', () => {
    const links = rows().map((row) => row.querySelector('th c-record-link'));
    expect(links.map(({ label, page }) => [label, page.attributes.recordId])).toEqual([
      ['US gold', '1'],
      ['New', '2'],
      ['UK', '3'],
    ]);
  });

  it('offers to sync and to disable what is enabled, and to test and enable what is not', () => {
    const told: string[] = [];
    for (const name of ['syncnow', 'disable', 'enable']) {
      element.addEventListener(name, (event: CustomEvent) => told.push(`${name} ${event.detail}`));
    }
    for (const button of element.shadowRoot.querySelectorAll('button')) button.click();
    expect(told).toEqual(['syncnow 1', 'disable 1', 'syncnow 2', 'disable 2', 'enable 3']);
  });

  it('is accessible', async () => {
    await expect(element).toBeAccessible();
  });
});
