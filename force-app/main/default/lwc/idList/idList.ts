import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphQLResult } from 'lightning/graphql';
import { reduceErrors } from 'c/errors';
import { format } from 'c/format';
import { toIds } from 'c/integrationDraft';
import ACCOUNT_OBJECT from '@salesforce/schema/Account';
import M3TER_ACCOUNT_ID from '@salesforce/schema/Account.M3ter_Account_Id__c';
import { LABELS } from './labels';
import { ACCOUNT_NAMES_QUERY, USER_NAMES_QUERY, namedRecords } from 'c/recordNames';
import type { NamedRecord, NamesData } from 'c/recordNames';

/** An id of m3ter's: a UUID today; what it must not hold is what separates ids. */
const M3TER_ID = /^[\w-]{1,80}$/;
const USER_ID = /^005(?:[0-9A-Za-z]{12}|[0-9A-Za-z]{15})$/;

/**
 * Accounts, by the ids that m3ter gives them, or Users: picked by name, or pasted as ids, and taken away again. Fires
 * `idschange` with all ids.
 */
export default class IdList extends LightningElement {
  /** What the ids are for. */
  @api label = '';
  @api helpText = '';
  /** `Account` or `User`. */
  @api objectApiName = ACCOUNT_OBJECT.objectApiName;
  /** Says what it means that there is none. */
  @api emptyText = '';
  @api ids: readonly string[] = [];

  labels = LABELS;
  problem = '';
  pasted = '';
  /** A new picker, and with it an empty one, after each pick. */
  pickers = [0];
  private pickedId: string | undefined;
  private known = new Map<string, NamedRecord>();

  @wire(graphql, { query: '$namesQuery', variables: '$namesVariables' })
  wiredNames({ data }: GraphQLResult<NamesData>): void {
    if (data) this.learn(namedRecords(data));
  }

  @wire(graphql, { query: '$pickedQuery', variables: '$pickedVariables' })
  wiredPicked({ data, errors }: GraphQLResult<NamesData>): void {
    if (errors && this.pickedId) {
      this.pickedId = undefined;
      this.problem = reduceErrors(errors).join(' ');
    }
    const [record] = data ? namedRecords(data) : [];
    if (!record || record.recordId !== this.pickedId) return;
    this.pickedId = undefined;
    this.learn([record]);
    if (record.id) this.add([record.id]);
    else this.problem = format(LABELS.accountWithoutId, record.name);
    this.pickers = [(this.pickers[0] ?? 0) + 1];
  }

  get isUsers(): boolean {
    return this.objectApiName !== ACCOUNT_OBJECT.objectApiName;
  }
  get pickLabel(): string {
    return this.isUsers ? LABELS.pickUser : LABELS.pickAccount;
  }
  get nothingPasted(): boolean {
    return toIds(this.pasted).length === 0;
  }
  get isEmpty(): boolean {
    return this.ids.length === 0;
  }
  get items() {
    return this.ids.map((id) => {
      const name = this.known.get(id)?.name ?? id;
      return { id, name, removeLabel: format(LABELS.remove, name) };
    });
  }
  get namesQuery(): unknown {
    return this.isEmpty ? undefined : this.query;
  }
  get namesVariables() {
    return { where: { [this.isUsers ? 'Id' : M3TER_ACCOUNT_ID.fieldApiName]: { in: this.ids } } };
  }
  get pickedQuery(): unknown {
    return this.pickedId ? this.query : undefined;
  }
  get pickedVariables() {
    return { where: { Id: { eq: this.pickedId } } };
  }

  handlePick(event: CustomEvent<{ recordId: string | null }>): void {
    this.problem = '';
    this.pickedId = event.detail.recordId ?? undefined;
  }

  handlePaste(event: CustomEvent<{ value: string }>): void {
    this.pasted = event.detail.value;
  }

  handleAdd(): void {
    const wrong = toIds(this.pasted).find((id) => !(this.isUsers ? USER_ID : M3TER_ID).test(id));
    this.problem = wrong ? format(this.isUsers ? LABELS.notUserId : LABELS.notAccountId, wrong) : '';
    if (wrong) return;
    this.add(toIds(this.pasted));
    this.pasted = '';
  }

  handleRemove(event: Event): void {
    const { id } = (event.currentTarget as HTMLElement).dataset;
    this.change(this.ids.filter((each) => each !== id));
  }

  private get query(): unknown {
    return this.isUsers ? USER_NAMES_QUERY : ACCOUNT_NAMES_QUERY;
  }

  private learn(records: NamedRecord[]): void {
    this.known = new Map([...this.known, ...records.map((record) => [record.id ?? record.recordId, record] as const)]);
  }

  private add(ids: string[]): void {
    this.change([...new Set([...this.ids, ...ids])]);
  }

  private change(ids: string[]): void {
    this.dispatchEvent(new CustomEvent('idschange', { detail: ids }));
  }
}
