import { createElement } from 'lwc';
import { closings } from '../../../../../../config/jest-mocks/lightning/modal';
import Dialog from 'c/disableDialog';

describe('c-disable-dialog', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const show = (properties: object = {}): void => {
    element = createElement('c-disable-dialog', { is: Dialog });
    Object.assign(element, properties);
    document.body.appendChild(element);
  };
  const change = (selector: string, detail: object): boolean =>
    find(selector).dispatchEvent(new CustomEvent('change', { detail }));

  beforeEach(() => {
    closings.length = 0;
  });
  afterEach(() => element.remove());

  it('closes without an answer', () => {
    show();
    find('.cancel').click();
    expect(closings).toEqual([undefined]);
  });

  it('closes with the reason', async () => {
    show();
    change('lightning-textarea', { value: ' Migration ' });
    find('.confirm').click();
    expect(closings).toEqual(['Migration']);
    await expect(element).toBeAccessible();
  });

  it('gives a reason when nobody types one', () => {
    show();
    change('lightning-textarea', { value: ' ' });
    find('.confirm').click();
    expect(closings).toEqual(['c.Disable_Reason_Default']);
  });
});
