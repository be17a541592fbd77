import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { createRecord } from 'lightning/uiRecordApi';
import { answer } from '../../../../../../config/jest-mocks/answers';

const ID = 'a09000000000001AAA';
const SYNC = { type: 'SYNC_NOW', integrationId: 'a02000000000001AAA' };
const state = (
  status: string,
  result: string | null = null,
  agents: object[] = [],
  resultData: string | null = null,
): object => ({
  uiapi: {
    query: {
      requests: {
        edges: [
          {
            node: {
              type: { value: 'SYNC_NOW', label: 'Sync now' },
              status: { value: status },
              result: { value: result },
              resultData: { value: resultData },
            },
          },
        ],
      },
      agents: { edges: agents.map((node) => ({ node })) },
    },
  },
});

describe('c-sync-request', () => {
  let element: any;
  const refresh = jest.fn();
  const answered = jest.fn();
  const text = (): string =>
    element.shadowRoot.querySelector('[role="status"]').textContent.replace(/\s+/g, ' ').trim();
  const tick = (ms = 0): Promise<unknown> => jest.advanceTimersByTimeAsync(ms);
  const answers = async (...given: Parameters<typeof state>): Promise<void> => {
    await answer('recordId', state(...given), refresh);
    await tick();
  };

  beforeEach(async () => {
    jest.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') });
    jest.clearAllMocks();
    (createRecord as jest.Mock).mockResolvedValue({ id: ID });
    const { default: SyncRequest } = await import('c/syncRequest');
    element = createElement('c-sync-request', { is: SyncRequest });
    element.addEventListener('answered', answered);
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

  it('shows nothing before it is asked', async () => {
    expect(text()).toBe('');
    await isAccessible();
  });

  it('says that it asks, that the agent is asked, and that it is at it', async () => {
    element.ask(SYNC);
    await tick();
    expect(text()).toContain('Asking the agent ...');
    await answers('NEW');
    expect(text()).toContain('Sync now: the agent is asked.');
    await answers('RUNNING');
    expect(text()).toContain('Sync now: the agent is at it ...');
    await isAccessible();
  });

  it('reads again until there is an answer, shows it and tells the page', async () => {
    element.ask(SYNC);
    await tick();
    await answers('NEW');
    await tick(4000);
    expect(refresh).toHaveBeenCalledTimes(2);
    await answers('DONE', '41 Bills were sent.');
    expect(text()).toContain('Sync now: done');
    expect(element.shadowRoot.querySelector('.result').value).toBe('41 Bills were sent.');
    expect(answered.mock.calls[0][0].detail).toEqual({ type: 'SYNC_NOW', isDone: true, result: '41 Bills were sent.' });
    await tick(10_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    await isAccessible();
  });

  it('leaves it to the preview to say what a sync would do', async () => {
    element.ask({ ...SYNC, type: 'DRY_RUN' });
    await tick();
    await answers('DONE', '436 Bills read', [], JSON.stringify({ bills: [] }));
    expect(text()).toContain('done');
    expect(element.shadowRoot.querySelector('.result').value).toBe('');
    expect(answered.mock.calls[0][0].detail.result).toBe('436 Bills read');
  });

  it('names the first Accounts that the answer is about, and counts the others', async () => {
    const accounts = Array.from({ length: 12 }, (_, index) => ({ id: `id-${index}`, code: null, name: `A${index}` }));
    element.ask({ ...SYNC, type: 'PREVIEW_FILTER' });
    await tick();
    await answers('DONE', '12 of 66', [], JSON.stringify({ accounts }));
    expect(element.shadowRoot.querySelector('.accounts').textContent).toBe(
      'A0, A1, A2, A3, A4, A5, A6, A7, A8, A9 and 2 more',
    );
  });

  it('says in words that it did not work', async () => {
    element.ask(SYNC);
    await tick();
    await answers('FAILED', 'US gold is disabled. Enable it.');
    expect(text()).toContain('Sync now: did not work');
    expect(answered.mock.calls[0][0].detail.isDone).toBe(false);
    await isAccessible();
  });

  it('says after a minute that no agent has answered, and when one was last seen', async () => {
    element.ask(SYNC);
    await tick();
    await answers('NEW', null, [{ lastSeen: { value: '2026-11-22T09:00:00.000Z' } }]);
    await tick(61_000);
    expect(text()).toContain('the agent has not answered. Is it running? It was last seen 3 hours ago.');
    await answers('NEW');
    expect(text()).toContain('No agent has reported to this org yet.');
  });

  it('still shows an answer that comes late', async () => {
    element.ask(SYNC);
    await tick();
    await answers('NEW');
    await tick(61_000);
    await answers('DONE', 'Nothing to do.');
    expect(text()).toContain('Sync now: done');
  });

  it('asks once for a double click, and anew for another request', async () => {
    element.ask(SYNC);
    element.ask({ ...SYNC });
    await tick();
    expect(createRecord).toHaveBeenCalledTimes(1);
    element.ask({ ...SYNC, type: 'DRY_RUN' });
    await tick();
    expect(createRecord).toHaveBeenCalledTimes(2);
  });

  it('says why the agent could not be asked', async () => {
    (createRecord as jest.Mock).mockRejectedValue({ body: { message: 'insufficient access rights' } });
    element.ask(SYNC);
    await tick();
    expect(text()).toContain('The agent could not be asked.');
    expect(element.shadowRoot.querySelector('.result').value).toBe('insufficient access rights');
    await isAccessible();
  });

  it('puts the answer away', async () => {
    element.ask(SYNC);
    await tick();
    await answers('DONE', 'ok');
    element.shadowRoot.querySelector('.close').click();
    await tick();
    expect(text()).toBe('');
  });
});
