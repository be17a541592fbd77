import { createElement } from 'lwc';
import { closings } from '../../../../../../config/jest-mocks/lightning/modal';
import Dialog from 'c/credentialDialog';

describe('c-credential-dialog', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const show = (properties: object = {}): void => {
    element = createElement('c-credential-dialog', { is: Dialog });
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

  const CREDENTIALS = [
    { id: 'c1', name: 'prod-uk', status: 'Working' },
    { id: 'c2', name: 'prod-us', status: 'Untested' },
  ];

  it('offers every credential with its status and closes with the chosen one', async () => {
    show({ credentials: CREDENTIALS, current: 'c1' });
    expect(find('lightning-radio-group').options.map(({ label }: any) => label)).toEqual([
      'prod-uk (Working)',
      'prod-us (Untested)',
    ]);
    expect(find('lightning-radio-group').value).toBe('c1');
    change('lightning-radio-group', { value: 'c2' });
    find('.confirm').click();
    expect(closings).toEqual(['c2']);
    await expect(element).toBeAccessible();
  });

  it('says how to add one when the agent has none', async () => {
    show();
    expect(find('.none').textContent).toBe('c.Credential_None');
    expect(find('.confirm')).toBeNull();
    await expect(element).toBeAccessible();
  });
});
