import { createElement } from 'lwc';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';
import BillLastRun from 'c/billLastRun';

const run = (changes: object = {}): object => ({
  Id: 'a04000000000001AAA',
  Name: { value: 'RUN-0000042' },
  status: { value: 'ERROR', label: 'Error' },
  started: { value: '2026-11-22T10:00:00.000Z' },
  error: { value: 'Region is required by your org.' },
  ...changes,
});
const data = (...runs: object[]): object => ({
  uiapi: { query: { runs: { edges: runs.map((node) => ({ node })) } } },
});

describe('c-bill-last-run', () => {
  let element: any;
  const told: boolean[] = [];
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);

  beforeEach(() => {
    told.length = 0;
    element = createElement('c-bill-last-run', { is: BillLastRun });
    element.recordId = 'a01000000000001AAA';
    element.lastSync = '2026-11-22T09:00:00.000Z';
    element.addEventListener('lastrun', ({ detail }: CustomEvent<boolean>) => told.push(detail));
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('says how the last attempt ended that did not bring the Bill, and why, and tells the page', async () => {
    await answer('billId', data(run()));
    expect([find('.status').textContent, find('.error').value]).toEqual(['Error', 'Region is required by your org.']);
    expect(find('c-relative-time').value).toBe('2026-11-22T10:00:00.000Z');
    expect(find('c-record-link').page.attributes.recordId).toBe('a04000000000001AAA');
    expect(told).toEqual([true]);
    await expect(element).toBeAccessible();
  });

  it('also for a Bill that waits and was never written', async () => {
    element.lastSync = null;
    await answer('billId', data(run({ status: { value: 'WAITING', label: 'Waiting' } })));
    expect(find('.status').textContent).toBe('Waiting');
  });

  it.each([
    ['there is no Run', []],
    ['the last one sent the Bill', [run({ status: { value: 'COMPLETE' } })]],
    ['one is under way', [run({ status: { value: 'STARTED' } })]],
    ['the Bill was written after it', [run({ started: { value: '2026-11-22T08:00:00.000Z' } })]],
  ])('is silent where %s', async (_, runs) => {
    await answer('billId', data(...(runs as object[])));
    expect(find('dl')).toBeNull();
    expect(told).toEqual([]);
    await expect(element).toBeAccessible();
  });

  it('tells the page when the Bill has arrived after all', async () => {
    await answer('billId', data(run()));
    element.lastSync = '2026-11-22T11:00:00.000Z';
    await settled();
    expect(find('dl')).toBeNull();
    expect(told).toEqual([true, false]);
  });

  it('is silent for people who may not see Runs', async () => {
    await refuse('billId', 'Cannot query field "Integration_Run__c" on type "RecordQuery".');
    expect(find('dl')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
