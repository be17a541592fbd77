import { Value } from 'typebox/value';
import { asError, errorMessage } from '../errors.ts';
import { jitter } from '../retry.ts';
import type { Runtime } from '../runtime.ts';
import type { FactStore, NotificationStore, StoredNotification } from '../store/types.ts';
import { DisabledNotice, disabledMail } from './notice.ts';
import { Recipients, type OrgMail } from './recipients.ts';
import type { SendBySmtp } from './smtp.ts';

export interface NotifierParts {
  readonly outbox: NotificationStore;
  readonly facts: Pick<FactStore, 'get' | 'set'>;
  /** The org of a notice; undefined while the agent is not signed in to it. */
  readonly org: (orgId: string) => OrgMail | undefined;
  /** Undefined when no mail server is configured. */
  readonly smtp: SendBySmtp | undefined;
  readonly runtime: Runtime;
}

const DAY_MS = 24 * 3600_000;
/** Older news helps nobody: the state of the integration can be seen in the org. */
const GIVE_UP_AFTER_MS = 3 * DAY_MS;
const BACKOFF = { base: 60_000, most: 3600_000 };
/** As many as one e-mail of Salesforce's takes, so that a notice reaches all of its users or none. */
const MOST_RECIPIENTS = 5;

/**
 * Tells people by mail that an integration was disabled: through Salesforce, else by SMTP. A notice stays in the store
 * until it was sent, so that it survives restarts; it may arrive twice only when the agent dies right after sending.
 */
export class Notifier {
  private readonly parts: NotifierParts;
  private readonly recipients: Recipients;
  /** By org: whom it was asked about, and when. */
  private readonly met = new Map<string, { readonly who: string; readonly at: number }>();
  private sending: Promise<void> | undefined;

  constructor(parts: NotifierParts) {
    this.parts = parts;
    this.recipients = new Recipients(parts.facts);
  }

  /**
   * Learns the addresses of users while their org can be asked: once a day, and when the users change. Call it when
   * integrations were read. Never throws: without, people are found when a notice is sent.
   */
  async meet(orgId: string, userIds: readonly string[]): Promise<void> {
    const { org, runtime } = this.parts;
    const mail = org(orgId);
    const [who, at, last] = [[...userIds].sort().join(), runtime.now().getTime(), this.met.get(orgId)];
    if (!mail || userIds.length === 0 || (last?.who === who && at - last.at < DAY_MS)) return;
    try {
      await this.recipients.ask(mail, orgId, userIds);
      this.met.set(orgId, { who, at });
    } catch (error) {
      runtime.logger.debug({ orgId }, `The users to notify could not be read: ${errorMessage(error)}`);
    }
  }

  /** Puts a notice into the outbox; `sendDue` sends it. Nobody to notify: nothing happens. */
  async add(notice: DisabledNotice): Promise<void> {
    const { outbox, runtime } = this.parts;
    const { orgId, integrationId, disabledAt, userIds } = notice;
    for (let from = 0; from < userIds.length; from += MOST_RECIPIENTS) {
      const key = ['disabled', orgId, integrationId, disabledAt, from].join(':');
      const payload = { ...notice, userIds: userIds.slice(from, from + MOST_RECIPIENTS) };
      await outbox.add({ key, payload, createdAt: runtime.now() });
    }
    if (userIds.length === 0) runtime.logger.warn({ orgId, integrationId }, 'Nobody is named to be notified.');
  }

  /** Sends what is due. Call it every minute or so, and after `add`; a call during another one shares its work. */
  sendDue(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    const { outbox, runtime } = this.parts;
    for (const notification of await outbox.due(runtime.now())) {
      if (runtime.signal.aborted) return;
      await this.sendOne(notification);
    }
  }

  private async sendOne({ id, payload, createdAt, attempts }: StoredNotification): Promise<void> {
    const { outbox, runtime } = this.parts;
    const { logger, now } = runtime;
    if (!Value.Check(DisabledNotice, payload)) {
      logger.error({ notification: id }, 'A notification cannot be read and is left out.');
      return outbox.markSent(id);
    }
    const { orgId, integrationId } = payload;
    const fields = { notification: id, orgId, integrationId };
    try {
      const way = await this.deliver(payload);
      await outbox.markSent(id);
      logger.info(fields, way === undefined ? 'None of the users to notify has an e-mail.' : `Notified by ${way}.`);
    } catch (error) {
      if (now().getTime() - createdAt.getTime() >= GIVE_UP_AFTER_MS) {
        logger.error(fields, `A notification is given up: ${errorMessage(error)}`);
        return outbox.markSent(id);
      }
      const delay = jitter(runtime.random, attempts + 1, BACKOFF.base, BACKOFF.most);
      await outbox.markFailed(id, errorMessage(error), new Date(now().getTime() + delay));
      logger.warn({ ...fields, attempt: attempts + 1 }, `Nobody was notified yet: ${errorMessage(error)}`);
    }
  }

  /** @returns how it was sent, or undefined when there is nobody to send it to */
  private async deliver(notice: DisabledNotice): Promise<'Salesforce' | 'SMTP' | undefined> {
    const mail = disabledMail(notice);
    let refusal: Error;
    try {
      const org = this.parts.org(notice.orgId);
      if (!org) throw new Error('the agent is not signed in to the org');
      const addresses = await this.recipients.ask(org, notice.orgId, notice.userIds);
      if (addresses.length === 0) return undefined;
      await org.sendEmail({ addresses, ...mail });
      return 'Salesforce';
    } catch (error) {
      refusal = asError(error);
    }
    const { smtp } = this.parts;
    const addresses = await this.recipients.remembered(notice.orgId, notice.userIds);
    if (!smtp || addresses.length === 0) {
      const why = smtp ? 'no address is remembered for SMTP' : 'SMTP_URL is not set';
      throw new Error(`Salesforce does not send mail now (${refusal.message}), and ${why}.`, { cause: refusal });
    }
    await smtp(addresses, mail);
    return 'SMTP';
  }
}
