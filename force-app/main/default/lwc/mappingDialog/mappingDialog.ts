import { api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import LightningModal from 'lightning/modal';
import { ACCOUNTS_QUERY, suggestionsFor, withCodes, withM3terId } from 'c/accountsByCode';
import type { AccountsData, Suggestion } from 'c/accountsByCode';
import { format } from 'c/format';
import { LABELS } from './labels';

/** Asks which Account here an account in m3ter is; closes with the record id of the Account. */
export default class MappingDialog extends LightningModal {
  /** What m3ter calls the account: its code, else its id. */
  @api m3terAccount = '';
  @api m3terAccountId = '';

  labels = LABELS;
  problem = '';
  query = ACCOUNTS_QUERY;
  private suggestion: Suggestion | undefined;
  /** Undefined until somebody has chosen or taken back an Account. */
  private chosen: string | null | undefined;

  /** The Account is filled in where one here has the id or the code of m3ter's. */
  @wire(graphql, { query: '$query', variables: '$variables' })
  wiredAccounts({ data }: GraphQLResult<AccountsData>): void {
    if (data) [this.suggestion] = suggestionsFor(data, this.m3terAccountId, this.m3terAccount);
  }

  get variables() {
    return { fitting: { or: [withM3terId(this.m3terAccountId), ...withCodes([this.m3terAccount]).or] } };
  }
  get accountId(): string | null {
    return this.chosen === undefined ? (this.suggestion?.accountId ?? null) : this.chosen;
  }
  get suggested(): string {
    const { name, because } = this.suggestion ?? {};
    return name && because ? format(LABELS.suggested, name, because) : '';
  }

  get text(): string {
    return format(LABELS.text, this.m3terAccount);
  }

  handleAccount(event: CustomEvent<{ recordId: string | null }>): void {
    this.chosen = event.detail.recordId;
    this.problem = '';
  }

  async handleCancel(): Promise<void> {
    await this.close(undefined);
  }

  async handleConfirm(): Promise<void> {
    if (this.accountId) await this.close(this.accountId);
    else this.problem = LABELS.chooseFirst;
  }
}
