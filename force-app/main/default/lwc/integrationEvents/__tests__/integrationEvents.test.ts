import { createElement } from 'lwc';
import IntegrationEvents from 'c/integrationEvents';
import { updateRecord } from 'lightning/uiRecordApi';

const EVENT = {
  id: 'a03000000000001AAA',
  label: 'Missing account mapping',
  time: '2026-11-22T10:00:00.000Z',
  message: 'Account Atlas-Orion-002 has no External Mapping.',
  integration: 'US gold',
};
const flush = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('c-integration-events', () => {
  let element: any;
  const toast = jest.fn();
  const actioned = jest.fn();

  beforeEach(() => {
    element = createElement('c-integration-events', { is: IntegrationEvents });
    element.events = [EVENT];
    element.addEventListener('lightning__showtoast', toast);
    element.addEventListener('actioned', actioned);
    document.body.appendChild(element);
  });
  afterEach(() => {
    element.remove();
    jest.clearAllMocks();
  });

  it('shows what happened, to which integration, and a button named for the Event', async () => {
    expect(element.shadowRoot.querySelector('.message').textContent).toBe(EVENT.message);
    expect(element.shadowRoot.textContent).toContain('US gold');
    expect(element.shadowRoot.querySelector('button').textContent).toContain(EVENT.label);
    await expect(element).toBeAccessible();
  });

  it('marks an Event as actioned and tells the page', async () => {
    (updateRecord as jest.Mock).mockResolvedValue({});
    element.shadowRoot.querySelector('button').click();
    await flush();
    const { fields } = (updateRecord as jest.Mock).mock.calls[0][0];
    expect(fields).toMatchObject({ Id: EVENT.id, Actioned__c: true });
    expect(Date.parse(fields.Actioned_At__c)).not.toBeNaN();
    expect(actioned.mock.calls[0][0].detail).toBe(EVENT.id);
    expect(toast.mock.calls[0][0].detail.variant).toBe('success');
  });

  it('says why an Event could not be changed and keeps it', async () => {
    (updateRecord as jest.Mock).mockRejectedValue({ body: { message: 'insufficient access rights' } });
    element.shadowRoot.querySelector('button').click();
    await flush();
    expect(actioned).not.toHaveBeenCalled();
    expect(toast.mock.calls[0][0].detail).toMatchObject({ variant: 'error', message: 'insufficient access rights' });
    expect(element.shadowRoot.querySelector('button').disabled).toBe(false);
  });
});
