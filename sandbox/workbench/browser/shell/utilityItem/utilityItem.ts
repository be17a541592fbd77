import { LightningElement, api } from 'lwc';
import type { UtilityAttributes } from 'lightning/platformUtilityBarApi';
import type { ComponentInstance } from '../../../model.ts';
import { onUtilityChange } from '../../platform/utilities.ts';

/** An item of the utility bar: a button that unfolds its component, which may change the button. */
export default class UtilityItem extends LightningElement {
  @api instance!: ComponentInstance;
  isOpen = false;
  private changes: UtilityAttributes = {};
  private stopListening?: () => void;

  override connectedCallback(): void {
    this.stopListening = onUtilityChange((attributes) => {
      this.changes = attributes;
    });
  }

  override disconnectedCallback(): void {
    this.stopListening?.();
  }

  get label(): string {
    return this.changes.label ?? this.instance.properties['label'] ?? '';
  }

  get icon(): string {
    return `utility:${this.changes.icon ?? this.instance.properties['icon'] ?? 'apps'}`;
  }

  get variant(): string {
    return this.changes.iconVariant ?? '';
  }

  get expanded(): string {
    return String(this.isOpen);
  }

  get buttonClass(): string {
    const isActive = this.isOpen || this.changes.highlighted === true;
    return `slds-button slds-utility-bar__action ${isActive ? 'slds-is-active' : ''}`;
  }

  get panelClass(): string {
    return `slds-utility-panel slds-grid slds-grid_vertical panel ${this.isOpen ? 'slds-is-open' : 'slds-hide'}`;
  }

  handleToggle(): void {
    this.isOpen = !this.isOpen;
  }

  handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.isOpen) return;
    this.isOpen = false;
    this.template?.querySelector('button')?.focus();
  }
}
