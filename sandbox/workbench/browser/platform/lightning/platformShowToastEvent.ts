import type { ToastInit } from 'lightning/platformShowToastEvent';

/** Asks the app shell for a toast, with the name and flags of the platform's event. */
export class ShowToastEvent extends CustomEvent<ToastInit> {
  constructor(init: ToastInit) {
    super('lightning__showtoast', { bubbles: true, composed: true, cancelable: true, detail: init });
  }
}
