import { LightningElement, api } from 'lwc';
import { BILL_OBJECT, findArrived, m3terBillIdOf } from '../../platform/arrivals.ts';
import { onOrgChange } from '../../platform/changes.ts';
import { generateBillRun, playBill } from '../../platform/m3ter.ts';
import type { BillAction, Played } from '../../platform/m3ter.ts';
import { messageOf } from '../../platform/org.ts';

/** Something that happened in m3ter, and whether Salesforce has followed. */
interface Activity extends Played {
  key: number;
  /** ISO instant before it happened. */
  since: string;
  /** The Bill's page in Salesforce, once it is there. */
  url?: string;
  /** What to read while there is no page: that it is on its way, or why it cannot be looked up. */
  state: string;
  isSettled: boolean;
}

const KEPT_ACTIVITIES = 10;
const ON_ITS_WAY = 'Waiting for the agent to bring it to Salesforce …';

/** The docked panel that plays m3ter and shows how Salesforce follows. */
export default class M3terPanel extends LightningElement {
  @api recordId?: string;
  @api objectApiName?: string;
  isOpen = false;
  problem = '';
  activities: Activity[] = [];
  private isBusy = false;
  private lastKey = 0;
  private stopListening?: () => void;

  override connectedCallback(): void {
    this.stopListening = onOrgChange(() => void this.follow());
  }

  override disconnectedCallback(): void {
    this.stopListening?.();
  }

  get panelClass(): string {
    return `slds-utility-panel slds-grid slds-grid_vertical panel ${this.isOpen ? 'slds-is-open' : 'slds-hide'}`;
  }

  get toggleClass(): string {
    return `slds-button slds-utility-bar__action toggle ${this.isOpen ? 'slds-is-active' : ''}`;
  }

  get expanded(): string {
    return String(this.isOpen);
  }

  get isOnBill(): boolean {
    return this.objectApiName === BILL_OBJECT && this.recordId !== undefined;
  }

  get target(): string {
    return this.isOnBill ? 'The Bill on this page:' : 'A Bill that m3ter picks:';
  }

  handleToggle(): void {
    this.isOpen = !this.isOpen;
  }

  handleClose(): void {
    this.isOpen = false;
    this.template?.querySelector<HTMLElement>('.toggle')?.focus();
  }

  handleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.handleClose();
  }

  handleBillRun(): Promise<void> {
    return this.play(generateBillRun);
  }

  handleBillAction(event: Event): Promise<void> {
    const action = (event.currentTarget as HTMLElement).dataset['action'] as BillAction;
    return this.play(async () => {
      const billId = this.isOnBill ? await m3terBillIdOf(this.recordId ?? '') : undefined;
      return [await playBill(action, billId)];
    });
  }

  private async play(work: () => Promise<Played[]>): Promise<void> {
    // The buttons stay enabled: a disabled button would lose the focus that is on it.
    if (this.isBusy) return;
    this.isBusy = true;
    this.problem = '';
    const since = new Date().toISOString();
    try {
      const fresh = (await work()).map((played) => ({
        ...played,
        key: (this.lastKey += 1),
        since,
        state: ON_ITS_WAY,
        isSettled: false,
      }));
      this.activities = [...fresh.toReversed(), ...this.activities].slice(0, KEPT_ACTIVITIES);
      await this.follow();
    } catch (error) {
      this.problem = messageOf(error);
    } finally {
      this.isBusy = false;
    }
  }

  /** Asks Salesforce for every Bill that is still on its way. */
  private async follow(): Promise<void> {
    const waiting = this.activities.filter(({ isSettled }) => !isSettled);
    const looked = new Map(await Promise.all(waiting.map(async (one) => [one.key, await look(one)] as const)));
    this.activities = this.activities.map((one) => ({ ...one, ...looked.get(one.key) }));
  }
}

async function look({ billId, since }: Activity): Promise<Partial<Activity>> {
  try {
    const url = await findArrived(billId, since);
    return url === undefined ? {} : { url, isSettled: true };
  } catch (error) {
    return { state: messageOf(error), isSettled: true };
  }
}
