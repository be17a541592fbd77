import { LightningElement, api } from 'lwc';
import { callOrg, messageOf } from '../../org.ts';

interface Choice {
  Id: string;
  Name: string;
}

const SHOWN = 6;

/**
 * Stands in for `lightning-record-picker`, which no npm package has: finds records of an object by their name, by
 * mouse and by keyboard, and says why it cannot. Fires `change` with `{ recordId }`, null once the choice is taken back.
 */
export default class RecordPicker extends LightningElement {
  @api label = '';
  @api objectApiName = '';
  @api placeholder = '';
  @api required = false;
  /** The id of the record that is chosen. */
  @api get value(): string | null {
    return this.chosen;
  }
  set value(recordId: string | null | undefined) {
    if ((recordId ?? null) === this.chosen) return;
    this.chosen = recordId ?? null;
    void this.show(this.chosen);
  }

  text = '';
  /** Why the records could not be read; empty while they could. */
  problem = '';
  choices: Choice[] = [];
  isOpen = false;
  activeIndex = -1;
  private searches = 0;
  private chosen: string | null = null;

  get options() {
    return this.choices.map((choice, index) => ({
      ...choice,
      index,
      key: `option-${index}`,
      isActive: String(index === this.activeIndex),
    }));
  }
  get expanded(): string {
    return String(this.isOpen);
  }
  get isRequired(): string {
    return String(this.required);
  }
  get elementClass(): string {
    return `slds-form-element${this.problem ? ' slds-has-error' : ''}`;
  }
  get isInvalid(): string {
    return String(this.problem !== '');
  }
  get boxClass(): string {
    return `slds-combobox slds-dropdown-trigger slds-dropdown-trigger_click${this.isOpen ? ' slds-is-open' : ''}`;
  }
  get isNotFound(): boolean {
    return this.isOpen && this.choices.length === 0;
  }

  async handleFocus(): Promise<void> {
    await this.search();
  }

  async handleInput(event: Event): Promise<void> {
    this.text = (event.target as HTMLInputElement).value;
    this.choose(null);
    await this.search();
  }

  handleKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && this.choices.length > 0) {
      this.activeIndex = (this.activeIndex + step + this.choices.length) % this.choices.length;
      event.preventDefault();
    }
    if (event.key === 'Enter' && this.isOpen) this.pick(this.choices[this.activeIndex]);
    if (event.key === 'Escape' && this.isOpen) {
      // Closes the list, not the dialog that it is in.
      event.stopPropagation();
      this.isOpen = false;
    }
  }

  handleBlur(): void {
    this.isOpen = false;
  }

  /** Before the focus leaves the input, which would close the list. */
  handlePick(event: MouseEvent): void {
    event.preventDefault();
    this.pick(this.choices[Number((event.currentTarget as HTMLElement).dataset['index'])]);
  }

  private pick(choice: Choice | undefined): void {
    if (choice === undefined) return;
    this.text = choice.Name;
    this.isOpen = false;
    this.choose(choice.Id);
  }

  /** Puts the name of a record that was chosen elsewhere into the input. */
  private async show(recordId: string | null): Promise<void> {
    const records = recordId === null ? [] : await this.find(`Id = '${recordId}'`);
    if (this.chosen !== recordId) return;
    this.text = records?.[0]?.Name ?? '';
    if (recordId === null) this.problem = '';
    else if (records?.length === 0) this.problem = 'There is no such record, or you cannot see it.';
  }

  private choose(recordId: string | null): void {
    this.chosen = recordId;
    this.dispatchEvent(new CustomEvent('change', { detail: { recordId } }));
  }

  private async search(): Promise<void> {
    const number = (this.searches += 1);
    const like = this.text.replace(/[\\'%_]/g, (sign) => `\\${sign}`);
    const records = await this.find(`Name LIKE '%${like}%'`);
    if (number !== this.searches || records === undefined) return;
    this.choices = records;
    this.activeIndex = -1;
    this.isOpen = true;
  }

  /** At most so many as are shown; undefined when they could not be read, which the person is told then. */
  private async find(condition: string): Promise<Choice[] | undefined> {
    const soql = `SELECT Id, Name FROM ${this.objectApiName} WHERE ${condition} ORDER BY Name LIMIT ${SHOWN}`;
    try {
      const { records } = await callOrg<{ records: Choice[] }>('GET', `/query?q=${encodeURIComponent(soql)}`);
      this.problem = '';
      return records;
    } catch (error) {
      this.problem = messageOf(error);
      return undefined;
    }
  }
}
