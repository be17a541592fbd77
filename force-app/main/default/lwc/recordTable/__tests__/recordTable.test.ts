import { createElement } from 'lwc';
import RecordTable from 'c/recordTable';
import { billPage } from 'c/pageReferences';
// @ts-expect-error only the test double has it
import { navigations } from 'lightning/navigation';
import { settled } from '../../../../../../config/jest-mocks/answers';

const COLUMNS = [
  { key: 'bill', label: 'Bill', isSortable: true },
  { key: 'status', label: 'Status' },
  { key: 'seen', label: 'Seen' },
  { key: 'run', label: 'Run' },
  { key: 'total', label: 'Total', isSortable: true, isNumber: true },
];
const ROW = {
  bill: { text: 'INV-1', page: billPage('a01') },
  status: { text: 'Approved', icon: 'utility:success', variant: 'success' },
  seen: { instant: '2026-11-22T10:00:00.000Z' },
  run: { text: 'RUN-1', page: billPage('a04') },
  total: 'USD 12.50',
};

describe('c-record-table', () => {
  let element: any;
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const show = async (properties: object = {}): Promise<void> => {
    element = createElement('c-record-table', { is: RecordTable });
    Object.assign(element, { listName: 'Bills', columns: COLUMNS, rows: [ROW], ...properties });
    document.body.appendChild(element);
    await settled();
  };
  afterEach(() => {
    element.remove();
    navigations.length = 0;
  });

  it('names each row by its record, to whose page it leads', async () => {
    await show();
    const [link] = all('tbody th[scope="row"] a');
    expect([link.textContent, link.getAttribute('href')]).toEqual(['INV-1', '/lightning/r/a01/view']);
    expect(all('table')[0].getAttribute('aria-label')).toBe('Bills');
    await expect(element).toBeAccessible();
  });

  it('keeps short words whole, and lets longer ones break', async () => {
    const rows = [{ ...ROW, run: 'a-long-code-without-a-space' }];
    await show({ rows });
    expect(all('tbody :is(th, td)').map(({ className }) => className)).toEqual([
      'whole',
      'whole',
      'whole',
      '',
      'number',
    ]);
  });

  it('opens the page of a link in place, and leaves a click for another tab to the browser', async () => {
    await show();
    const taken: boolean[] = [];
    element.addEventListener('click', (event: MouseEvent) => {
      taken.push(event.defaultPrevented);
      event.preventDefault();
    });
    const [head, other] = all('tbody a');
    head.click();
    other.click();
    other.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, metaKey: true }));
    expect(taken).toEqual([true, true, false]);
    expect(navigations).toEqual([billPage('a01'), billPage('a04')]);
  });

  it('shows text with its icon, links, and how long ago something was', async () => {
    await show();
    const [status, seen, run, total] = all('tbody td');
    expect(status.textContent).toBe('Approved');
    expect(status.querySelector('lightning-icon')).toMatchObject({ iconName: 'utility:success', variant: 'success' });
    expect(seen.querySelector('c-relative-time').value).toBe('2026-11-22T10:00:00.000Z');
    expect(run.querySelector('a').textContent).toBe('RUN-1');
    expect([total.textContent, total.className]).toEqual(['USD 12.50', 'number']);
  });

  it('is plain text where a record has no page', async () => {
    await show({ rows: [{ ...ROW, bill: { text: 'Gone', page: undefined } }] });
    expect(all('tbody th')[0].textContent).toBe('Gone');
    expect(all('tbody th a')).toEqual([]);
  });

  it('draws the next rows in the place of these, with their own links', async () => {
    await show();
    const [line] = all('tbody tr');
    element.rows = [{ ...ROW, bill: { text: 'INV-2', page: billPage('a02') } }];
    await settled();
    expect(all('tbody tr')[0]).toBe(line);
    const [link] = all('tbody th a');
    expect([link.textContent, link.getAttribute('href')]).toEqual(['INV-2', '/lightning/r/a02/view']);
    link.click();
    expect(navigations).toEqual([billPage('a02')]);
  });

  it('says in every cell which column it belongs to, for screens without room for headings', async () => {
    await show();
    const labels = all('tbody [data-label]').map(({ dataset }) => dataset.label);
    expect(labels).toEqual(['Bill', 'Status', 'Seen', 'Run', 'Total']);
  });

  it('says by what it is ordered, and asks for another order', async () => {
    const sorts: object[] = [];
    await show({ sort: { key: 'total', direction: 'asc' } });
    element.addEventListener('sort', ({ detail }: CustomEvent) => sorts.push(detail));
    const orders = all('thead th').map((heading) => heading.getAttribute('aria-sort'));
    expect(orders).toEqual(['none', null, null, null, 'ascending']);
    for (const button of all('.sort')) button.click();
    expect(sorts).toEqual([
      { key: 'bill', direction: 'asc' },
      { key: 'total', direction: 'desc' },
    ]);
  });
});
