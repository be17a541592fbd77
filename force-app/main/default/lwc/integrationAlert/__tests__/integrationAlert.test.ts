import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';
import { EnclosingUtilityId, updateUtility } from 'lightning/platformUtilityBarApi';
import { answer, refuse, settled } from '../../../../../../config/jest-mocks/answers';

const data = (...names: string[]): object => ({
  uiapi: {
    query: {
      integrations: {
        edges: names.map((name) => ({
          node: {
            Id: name,
            Name: { value: name },
            reason: { value: '10 successive errors' },
            disabledAt: { value: '2026-11-22T10:00:00Z' },
          },
        })),
      },
    },
  },
});

describe('c-integration-alert', () => {
  let element: any;
  const find = (selector: string): any => element.shadowRoot.querySelector(selector);
  const told = (): any => (updateUtility as jest.Mock).mock.calls.at(-1);

  beforeEach(async () => {
    jest.clearAllMocks();
    (updateUtility as jest.Mock).mockResolvedValue(true);
    const { default: IntegrationAlert } = await import('c/integrationAlert');
    element = createElement('c-integration-alert', { is: IntegrationAlert });
    document.body.appendChild(element);
  });
  afterEach(() => element.remove());

  it('waits for the org', async () => {
    expect(find('lightning-spinner')).not.toBeNull();
    expect(updateUtility).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });

  it('turns red with the number of disabled integrations, and lists them with the reason', async () => {
    (EnclosingUtilityId as any).emit('utility-1');
    await answer(undefined, data('UK finance', 'US gold'));
    const alarm = { label: 'Integrations disabled: 2', icon: 'ban', iconVariant: 'error', highlighted: true };
    expect(told()).toEqual(['utility-1', alarm]);
    expect(find('.reason').textContent).toBe('10 successive errors');
    expect(find('c-record-link').page.attributes.recordId).toBe('UK finance');
    await expect(element).toBeAccessible();
  });

  it('is calm while none is disabled, also where the utility is known last', async () => {
    await answer(undefined, data());
    expect(updateUtility).not.toHaveBeenCalled();
    (EnclosingUtilityId as any).emit('utility-1');
    await settled();
    expect(told()[1]).toEqual({ label: 'm3ter integrations', icon: 'sync', highlighted: false });
    expect(find('.none').textContent).toBe('No integration is disabled.');
    await expect(element).toBeAccessible();
  });

  it('keeps its panel when the item cannot be changed', async () => {
    (updateUtility as jest.Mock).mockRejectedValue(new Error('no'));
    (EnclosingUtilityId as any).emit('utility-1');
    await answer(undefined, data('UK finance'));
    await settled();
    expect(find('.reason')).not.toBeNull();
  });

  it('hands an error or a missing permission to the error panel, and says nothing in the bar', async () => {
    (EnclosingUtilityId as any).emit('utility-1');
    await refuse(undefined, 'Cannot query field "Integration_Configuration__c"');
    expect(find('c-error-panel').noAccessText).toContain('m3ter Integration Admin');
    expect(updateUtility).not.toHaveBeenCalled();
    await expect(element).toBeAccessible();
  });
});
