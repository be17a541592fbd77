import { createElement } from 'lwc';
import '../../../../../../config/jest-mocks/labels';
import ErrorPanel from 'c/errorPanel';

const show = (properties: object): any => {
  const element: any = createElement('c-error-panel', { is: ErrorPanel });
  Object.assign(element, properties);
  document.body.appendChild(element);
  return element;
};

describe('c-error-panel', () => {
  afterEach(() => document.body.replaceChildren());

  it('says what went wrong, why, and what to do next', async () => {
    const { shadowRoot } = show({ errors: [{ message: 'Gone fishing' }], what: 'The Bills could not be loaded.' });
    expect(shadowRoot.querySelector('[role="alert"] .what').textContent).toBe('The Bills could not be loaded.');
    expect(shadowRoot.querySelector('.reasons').textContent).toBe('Gone fishing');
    expect(shadowRoot.querySelector('.next').textContent).toContain('Refresh');
    expect(shadowRoot.querySelector('lightning-button')).toBeNull();
    await expect(shadowRoot.host).toBeAccessible();
  });

  it('has words when the caller gives none', () => {
    expect(show({ errors: 'x' }).shadowRoot.querySelector('.what').textContent).toBe('This could not be loaded.');
  });

  it('asks for another try', () => {
    const element = show({ errors: 'x', canRetry: true });
    const retry = jest.fn();
    element.addEventListener('retry', retry);
    element.shadowRoot.querySelector('lightning-button').click();
    expect(retry).toHaveBeenCalledTimes(1);
  });

  it('tells a missing permission apart and names the one to ask for', async () => {
    const element = show({ errors: ['Cannot query field "Bill__c" on type "RecordQuery".'] });
    expect(element.shadowRoot.querySelector('[role="alert"]')).toBeNull();
    expect(element.shadowRoot.querySelector('c-empty-state').text).toContain('m3ter Finance User');
    await expect(element).toBeAccessible();
  });
});
