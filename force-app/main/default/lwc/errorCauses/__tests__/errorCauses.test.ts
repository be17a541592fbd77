import '../../../../../../config/jest-mocks/labels';
import { createElement } from 'lwc';

const CAUSE = {
  code: 'REQUIRED_FIELD_MISSING',
  count: '9',
  message: 'Region is required by your org.',
  lastRun: 'RUN-0000042',
  lastRunPage: { type: 'standard__recordPage', attributes: {} },
};

describe('c-error-causes', () => {
  let element: any;
  const show = async (causes: object[], cut = ''): Promise<string> => {
    const { default: ErrorCauses } = await import('c/errorCauses');
    element = createElement('c-error-causes', { is: ErrorCauses });
    Object.assign(element, { causes, cut });
    document.body.appendChild(element);
    return element.shadowRoot.querySelector('p').textContent;
  };
  afterEach(() => element.remove());

  it('shows each cause with how often, the newest message and the Run', async () => {
    const cut = await show([CAUSE], 'Counted from the newest 200 of 900 errors.');
    expect(cut).toBe('Counted from the newest 200 of 900 errors.');
    const { code, count, message, lastRunPage } = CAUSE;
    const lastRun = { text: 'RUN-0000042', page: lastRunPage };
    expect(element.shadowRoot.querySelector('c-record-table').rows).toEqual([{ code, count, message, lastRun }]);
    await expect(element).toBeAccessible();
  });

  it('says so when there were none', async () => {
    expect(await show([])).toBe('No errors in the last 7 days.');
    await expect(element).toBeAccessible();
  });
});
