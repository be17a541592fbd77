import { LightningElement } from 'lwc';

/** What dialogs were closed with, newest last. Tests empty it. */
export const closings: unknown[] = [];

/** As the platform's base class of dialogs, but a test opens nothing: it creates the dialog, or mocks `open`. */
export default class LightningModal extends LightningElement {
  static open = jest.fn();
  label = '';

  close(result: unknown): Promise<void> {
    closings.push(result);
    return Promise.resolve();
  }
}
