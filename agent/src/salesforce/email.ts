import { chunks } from '../chunks.ts';
import type { SalesforceCalls } from './connection.ts';
import { badAnswer } from './composite.ts';
import { classify, SalesforceError } from './errors.ts';
import { IDS_PER_QUERY, isRecordId, queryAll, quoteList, textOf } from './soql.ts';

/**
 * The inputs of the action are named by version: from 65 on, `recipientAddresses` takes the place of `emailAddresses`.
 * Source: Actions Developer Guide, "Simple Email Actions".
 */
const ACTION = '/services/data/v62.0/actions/standard/emailSimple';
/** Of one e-mail, up to version 63. */
const MOST_RECIPIENTS = 5;

interface ActionResult {
  readonly isSuccess?: unknown;
  readonly errors?: readonly { readonly statusCode?: unknown; readonly message?: unknown }[] | null;
}

export interface Mail {
  readonly addresses: readonly string[];
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
}

/** Reaches the people of an org. */
export class OrgMailbox {
  private readonly connection: SalesforceCalls;

  constructor(connection: SalesforceCalls) {
    this.connection = connection;
  }

  /** The active users among these, by record id, with their e-mail addresses; others are left out. */
  async users(ids: readonly string[]): Promise<{ id: string; email: string }[]> {
    // A query with one that cannot be a record id is refused as a whole.
    const unique = [...new Set(ids)].filter(isRecordId);
    const users: { id: string; email: string }[] = [];
    for (const some of chunks(unique, IDS_PER_QUERY)) {
      const soql = `SELECT Id, Email FROM User WHERE IsActive = true AND Id IN (${quoteList(some)})`;
      for (const row of await queryAll(this.connection, soql)) {
        const [id, email] = [textOf(row, 'Id'), textOf(row, 'Email')];
        if (id !== null && email !== null) users.push({ id, email });
      }
    }
    return users;
  }

  /**
   * Sends one e-mail to each five of the addresses, from the agent's user.
   *
   * @throws {SalesforceError} when Salesforce does not send one of them
   */
  async sendEmail({ addresses, subject, body }: Mail): Promise<void> {
    const inputs = chunks(addresses, MOST_RECIPIENTS).map((some) => ({
      emailAddresses: some.join(','),
      emailSubject: subject,
      emailBody: body,
      senderType: 'CurrentUser',
    }));
    if (inputs.length === 0) return;
    const results = await this.connection.request('POST', ACTION, { inputs });
    if (!Array.isArray(results) || results.length !== inputs.length)
      throw badAnswer('an e-mail without saying what came of it');
    const refused = (results as ActionResult[]).find(({ isSuccess }) => isSuccess !== true);
    if (!refused) return;
    const { statusCode, message } = refused.errors?.[0] ?? {};
    const code = typeof statusCode === 'string' ? statusCode : 'UNKNOWN_EXCEPTION';
    const why = typeof message === 'string' ? message : 'no reason given';
    throw new SalesforceError(code, `Salesforce does not send an e-mail: ${code}: ${why}`, classify(code, why));
  }
}
