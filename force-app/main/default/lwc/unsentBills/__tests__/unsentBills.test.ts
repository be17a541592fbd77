import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const run = (m3terBillId: string, hour: string, status = 'ERROR'): object => ({
  Id: `run-${m3terBillId}-${hour}`,
  m3terBillId: { value: m3terBillId },
  status: { value: status, label: status.toLowerCase() },
  started: { value: `2026-11-22T${hour}:00:00.000Z` },
});
const bill = (m3terBillId: string, hour: string): object => ({
  Id: `bill-${m3terBillId}`,
  Name: { value: `INV-${m3terBillId}` },
  m3terBillId: { value: m3terBillId },
  lastSync: { value: `2026-11-22T${hour}:00:00.000Z` },
});
const edges = (all: object[]): object => ({ edges: all.map((node) => ({ node })) });

describe('c-unsent-bills', () => {
  let element: any;
  const counted: number[] = [];
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const show = async (runs: object[], bills: object[] = []): Promise<void> => {
    await answer('since', { uiapi: { query: { runs: edges(runs) } } });
    await answer('m3terBillIds', { uiapi: { query: { bills: edges(bills) } } });
  };

  beforeEach(async () => {
    counted.length = 0;
    const { default: UnsentBills } = await import('c/unsentBills');
    element = createElement('c-unsent-bills', { is: UnsentBills });
    element.addEventListener('counted', ({ detail }: CustomEvent<number>) => counted.push(detail));
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('names the Bills that were not written after their last attempt, and leads to each or to its Run', async () => {
    await show(
      [run('1', '12', 'WAITING'), run('2', '11'), run('1', '10'), run('3', '09')],
      [bill('1', '08'), bill('3', '09')],
    );
    expect(all('summary')[0].textContent).toBe('Failing or waiting to be sent: 2');
    expect(all('c-record-link').map(({ label, page }) => [label, page.attributes.recordId])).toEqual([
      ['INV-1', 'bill-1'],
      ['2', 'run-2-11'],
    ]);
    expect(all('.status').map(({ textContent }) => textContent)).toEqual(['waiting', 'error']);
    expect(counted).toEqual([2]);
    await expect(element).toBeAccessible();
  });

  it('counts those beyond the first twenty', async () => {
    await show(Array.from({ length: 22 }, (_, n) => run(String(n), '10')));
    expect(all('.unsent')).toHaveLength(20);
    expect(all('.more')[0].textContent).toBe('And more: 2');
  });

  it('is silent where every Bill arrived, and where no attempt failed', async () => {
    await show([run('1', '09')], [bill('1', '10')]);
    expect(all('details')).toEqual([]);
    expect(counted).toEqual([0]);
    await answer('since', { uiapi: { query: { runs: edges([]) } } });
    expect(all('details')).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('is silent for people who may not see Runs', async () => {
    await refuse('since', 'Cannot query field "Integration_Run__c" on type "RecordQuery".');
    expect(all('details')).toEqual([]);
    await expect(element).toBeAccessible();
  });
});
