import { createElement } from 'lwc';
import { closings } from '../../../../../../config/jest-mocks/lightning/modal';
import Dialog from 'c/confirmDialog';

describe('c-confirm-dialog', () => {
  it('asks, and closes with what was answered', async () => {
    closings.length = 0;
    const element: any = createElement('c-confirm-dialog', { is: Dialog });
    Object.assign(element, { text: 'Disconnect US gold?', confirmLabel: 'Disconnect' });
    document.body.appendChild(element);
    expect(element.shadowRoot.querySelector('.text').textContent).toBe('Disconnect US gold?');
    element.shadowRoot.querySelector('.confirm').click();
    element.shadowRoot.querySelector('.cancel').click();
    expect(closings).toEqual([true, false]);
    await expect(element).toBeAccessible();
  });
});
