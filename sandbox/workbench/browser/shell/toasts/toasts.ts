import { LightningElement, api } from 'lwc';
import type { ToastInit } from 'lightning/platformShowToastEvent';
import { toastParts } from '../../platform/toastMessage.ts';
import type { ToastPart } from '../../platform/toastMessage.ts';

interface Toast {
  id: number;
  title: string;
  parts: ToastPart[];
  variant: string;
  icon: string;
  toastClass: string;
}

/** How long a toast stays that needs no answer, as in Lightning Experience. */
const SHOWN_MS = 5_000;

/** The toasts at the top of the page. */
export default class Toasts extends LightningElement {
  toasts: Toast[] = [];
  private lastId = 0;

  @api
  show({ title, message = '', messageData = [], variant = 'info', mode = 'dismissible' }: ToastInit): void {
    const id = (this.lastId += 1);
    const toast = {
      id,
      title,
      parts: toastParts(message, messageData),
      variant,
      icon: `utility:${variant}`,
      toastClass: `slds-notify slds-notify_toast slds-theme_${variant}`,
    };
    this.toasts = [...this.toasts, toast];
    if (mode !== 'sticky') setTimeout(() => this.remove(id), SHOWN_MS);
  }

  handleClose(event: Event): void {
    this.remove(Number((event.currentTarget as HTMLElement).dataset['id']));
  }

  private remove(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }
}
