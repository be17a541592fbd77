import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';

const REPORT = { version: '0.1.0', queueDepth: 3, callsUsed: 1130, callBudget: 12_000 };

describe('c-agent-status', () => {
  const show = async (agent: object | undefined): Promise<any> => {
    const { default: AgentStatus } = await import('c/agentStatus');
    const element: any = createElement('c-agent-status', { is: AgentStatus });
    element.agent = agent;
    document.body.appendChild(element);
    return element;
  };
  afterEach(() => document.body.replaceChildren());

  it('says when the agent was seen, how many API calls it may use, and what waits', async () => {
    const lastSeen = new Date(Date.now() - 180_000).toISOString();
    const element = await show({ ...REPORT, lastSeen });
    expect(element.shadowRoot.querySelector('c-relative-time').value).toBe(lastSeen);
    expect(element.shadowRoot.querySelector('.details').textContent).toBe(
      'API calls 1,130 of 12,000 · Bills in the queue: 3 · version 0.1.0',
    );
    await expect(element).toBeAccessible();
  });

  it('leaves out what the agent has not said', async () => {
    const element = await show({
      lastSeen: new Date().toISOString(),
      version: '',
      queueDepth: null,
      callsUsed: 5,
      callBudget: null,
    });
    expect(element.shadowRoot.querySelector('.details').textContent).toBe('');
  });

  it('says that no agent was seen yet', async () => {
    const element = await show(undefined);
    expect(element.shadowRoot.querySelector('.agent').textContent.trim()).toBe('Agent: not seen yet');
    await expect(element).toBeAccessible();
  });
});
