import { LightningElement, api } from 'lwc';
import type { AgentReport } from 'c/agentReport';
import { format } from 'c/format';
import { formatCount } from 'c/money';
import { LABELS } from './labels';

const isCount = (value: number | null | undefined): value is number => typeof value === 'number';

/** One line about the agent: when it was seen, how much it has to do, how many API calls it may still make. */
export default class AgentStatus extends LightningElement {
  @api agent: AgentReport | undefined;
  labels = LABELS;

  get lastSeen(): string | null {
    return this.agent?.lastSeen ?? null;
  }

  get details(): string {
    const { queueDepth, callsUsed, callBudget, version } = this.agent ?? {};
    const parts = [
      isCount(callsUsed) &&
        isCount(callBudget) &&
        format(LABELS.calls, formatCount(callsUsed), formatCount(callBudget)),
      isCount(queueDepth) && format(LABELS.queue, formatCount(queueDepth)),
      version && format(LABELS.version, version),
    ];
    return parts.filter(Boolean).join(' · ');
  }
}
