import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { answer, refuse } from '../../../../../../config/jest-mocks/answers';

const value = (given: unknown, label?: string): object => ({ value: given, ...(label ? { label } : {}) });
const RUN = {
  Id: 'a04000000000001AAA',
  Name: value('RUN-0000007'),
  status: value('COMPLETE', 'Complete'),
  trigger: value('SCHEDULE', 'Schedule'),
  started: value('2026-11-22T08:00:00.000Z'),
  completed: value('2026-11-22T08:00:41.000Z'),
  integrationId: value('a02000000000001AAA'),
  integration: { Name: value('US gold') },
  parentId: value(null),
  parent: null,
  replayedFromId: value(null),
  replayedFrom: null,
  billId: value(null),
  bill: null,
  m3terBillId: value(null),
  version: value(null),
  lineItems: value(1200),
  billsRead: value(312),
  billsSent: value(41),
  billsSkipped: value(269),
  billsWaiting: value(0),
  billsFailed: value(2),
  skippedByReason: value('{"accountFilter":9,"unchanged":260}'),
  apiCalls: value(7),
  errorCode: value(null),
  error: value(null),
};
const FAILURE = {
  Id: 'a04000000000009AAA',
  Name: value('RUN-0000009'),
  billId: value('a01000000000001AAA'),
  bill: { Name: value('INV-00212') },
  m3terBillId: value('bill-1'),
  errorCode: value('REQUIRED_FIELD_MISSING'),
  error: value('Region__c is required by your org.'),
};
const EVENT = {
  Id: 'a03000000000001AAA',
  eventName: value('integration.perform.error', 'Perform error'),
  eventTime: value('2026-11-22T08:00:20.000Z'),
  message: value('Bill INV-00212 was refused.'),
};
const page = (run: object | undefined, failures: object[] = [], events: object[] = []): object => {
  const connection = (nodes: object[]) => ({ edges: nodes.map((node) => ({ node })), totalCount: nodes.length });
  const runs = connection(run ? [run] : []);
  return { uiapi: { query: { runs, failures: connection(failures), events: connection(events) } } };
};

describe('c-run-details', () => {
  let element: any;
  const refresh = jest.fn(() => Promise.resolve());
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const all = (selector: string): any[] => [...element.shadowRoot.querySelectorAll(selector)];
  const words = (selector: string): string => find(selector).textContent.replace(/\s+/g, ' ').trim();
  const show = (...given: Parameters<typeof page>): Promise<void> => answer('failed', page(...given), refresh);
  const facts = (): string[] =>
    all('.fact').map((fact) => `${fact.querySelector('dt').textContent}: ${fact.querySelector('c-record-link').label}`);
  const tick = (ms = 0): Promise<unknown> => jest.advanceTimersByTimeAsync(ms);
  const asked = (): unknown => (createRecord as jest.Mock).mock.calls.map(([{ fields }]) => fields);

  beforeEach(async () => {
    jest.clearAllMocks();
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
    (createRecord as jest.Mock).mockResolvedValue({ id: 'a09000000000001AAA' });
    const { default: RunDetails } = await import('c/runDetails');
    element = createElement('c-run-details', { is: RunDetails });
    element.recordId = RUN.Id;
    document.body.appendChild(element);
  });
  afterEach(() => {
    element.remove();
    jest.useRealTimers();
  });
  const isAccessible = async (): Promise<void> => {
    jest.useRealTimers();
    await expect(element).toBeAccessible();
  };

  it('says how the Run ended, what that means, and what became of its Bills', async () => {
    await show(RUN);
    expect(words('h2')).toBe('RUN-0000007');
    expect(words('.status strong')).toBe('Complete');
    expect(words('.meaning')).toBe('Everything was written, or was right already.');
    expect(words('.counts')).toBe(
      '312 read · 41 sent · 269 skipped (260 unchanged, 9 by the account filter) · 2 failed · 7 API calls',
    );
    expect(facts()).toEqual(['Integration: US gold', 'Trigger: Schedule', 'Duration: 41 sec']);
    expect(find('c-run-children').recordId).toBe(RUN.Id);
    await isAccessible();
  });

  it('shows first what failed, with the error, the Bill and a replay of each', async () => {
    await show(RUN, [FAILURE, { ...FAILURE, Id: 'a04000000000010AAA', billId: value(null), bill: null }]);
    expect(words('.failure strong')).toBe('INV-00212');
    expect(words('.failure .code')).toBe('REQUIRED_FIELD_MISSING');
    expect(words('.failure .words')).toContain('Region__c is required by your org.');
    expect(find('.failure c-record-link').page.attributes.recordId).toBe('a01000000000001AAA');
    expect(all('.failure')[1].textContent).toContain('bill-1');
    expect(all('.failure')[1].querySelector('c-record-link')).toBeNull();
    all('.failure button')[1].click();
    expect(asked()).toEqual([{ Type__c: 'REPLAY_RUN', Run__c: 'a04000000000010AAA' }]);
    await isAccessible();
  });

  it('replays the whole Run', async () => {
    await show(RUN);
    find('.replay').click();
    expect(asked()).toEqual([{ Type__c: 'REPLAY_RUN', Run__c: RUN.Id }]);
  });

  it('shows the Run of one Bill with its error, its batch and the Run that it repeats', async () => {
    await show({
      ...RUN,
      status: value('ERROR', 'Error'),
      parentId: value('a04000000000002AAA'),
      parent: { Name: value('RUN-0000002') },
      replayedFromId: value('a04000000000003AAA'),
      replayedFrom: { Name: value('RUN-0000003') },
      billId: value('a01000000000001AAA'),
      bill: { Name: value('INV-00212') },
      version: value(3),
      errorCode: value('REQUIRED_FIELD_MISSING'),
      error: value('Region__c is required by your org.'),
    });
    expect(facts()).toEqual([
      'Integration: US gold',
      'Trigger: Schedule',
      'Duration: 41 sec',
      'Part of: RUN-0000002',
      'Repeats: RUN-0000003',
      'Bill: INV-00212',
      'Changed in m3ter: 3',
      'Line Items: 1,200',
    ]);
    expect(words('.error strong')).toBe('REQUIRED_FIELD_MISSING');
    expect(words('.error')).toContain('Region__c is required by your org.');
    expect(find('.counts')).toBeNull();
    expect(find('c-run-children')).toBeNull();
    await isAccessible();
  });

  it('tells in a log what happened in which order', async () => {
    await show(RUN, [], [EVENT]);
    expect(all('.log li').map((entry) => entry.textContent.trim())).toEqual([
      'Started (Schedule)',
      'Perform error. Bill INV-00212 was refused.',
      'Ended: Complete',
    ]);
  });

  it('reads again every two seconds while the Run goes on, and no longer', async () => {
    await show({ ...RUN, status: value('STARTED', 'Started'), completed: value(null) });
    expect(facts()).toContain('Duration: Still going on');
    expect(all('.log li')).toHaveLength(1);
    await tick(6000);
    expect(refresh).toHaveBeenCalledTimes(3);
    await show(RUN);
    await tick(6000);
    expect(refresh).toHaveBeenCalledTimes(3);
  });

  it('waits for the org', async () => {
    expect(find('lightning-spinner')).not.toBeNull();
    await isAccessible();
  });

  it('says that a Run is not here, and what went wrong', async () => {
    await show(undefined);
    expect(find('c-empty-state').heading).toBe('This Run is not here');
    await refuse('failed', 'Cannot query field');
    expect(find('c-error-panel').errors).toHaveLength(1);
    expect(find('c-error-panel').noAccessText).toMatch(/\w/);
    await isAccessible();
  });
});
