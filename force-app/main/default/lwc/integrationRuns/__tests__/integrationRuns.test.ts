import { createElement } from 'lwc';
import IntegrationRuns from 'c/integrationRuns';

const RUN = {
  id: '1',
  name: 'RUN-0000007',
  integration: 'US gold',
  status: 'COMPLETE',
  statusLabel: 'Complete',
  started: '2026-11-22T11:00:00.000Z',
  sent: 41,
  skipped: 1269,
  waiting: 0,
  failed: 2,
  apiCalls: 7,
};

describe('c-integration-runs', () => {
  let element: any;
  beforeEach(() => {
    element = createElement('c-integration-runs', { is: IntegrationRuns });
    element.runs = [RUN, { ...RUN, id: '2', status: 'AUTH_FAILED', statusLabel: 'Authentication failed' }];
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  const cells = (): any[] => element.shadowRoot.querySelector('c-record-table').rows;

  it('shows how each Run ended in a word and an icon, an unknown end as an error', () => {
    expect(cells().map(({ status }) => [status.text, status.variant])).toEqual([
      ['Complete', 'success'],
      ['Authentication failed', 'error'],
    ]);
  });

  it('shows what became of the Bills', () => {
    const [{ sent, skipped, waiting, failed, apiCalls }] = cells();
    expect([sent, skipped, waiting, failed, apiCalls]).toEqual(['41', '1,269', '0', '2', '7']);
  });

  it('names no integration where all are of one', async () => {
    const keys = () => element.shadowRoot.querySelector('c-record-table').columns.map(({ key }: any) => key);
    expect(keys()).toContain('integration');
    element.isOfOne = true;
    await Promise.resolve();
    expect(keys()).not.toContain('integration');
  });

  it('is accessible', async () => {
    await expect(element).toBeAccessible();
  });
});
