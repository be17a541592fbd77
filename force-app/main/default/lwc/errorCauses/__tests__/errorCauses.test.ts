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
  const show = async (causes: object[], cut = ''): Promise<string[]> => {
    const { default: ErrorCauses } = await import('c/errorCauses');
    element = createElement('c-error-causes', { is: ErrorCauses });
    Object.assign(element, { causes, cut });
    document.body.appendChild(element);
    return [...element.shadowRoot.querySelectorAll('tbody tr, p')].map(({ textContent }) =>
      textContent.replace(/\s+/g, ' ').trim(),
    );
  };
  afterEach(() => element.remove());

  it('shows each cause with how often, the newest message and the Run', async () => {
    const [row, cut] = await show([CAUSE], 'Counted from the newest 200 of 900 errors.');
    expect(row).toBe('REQUIRED_FIELD_MISSING9Region is required by your org.');
    expect(cut).toBe('Counted from the newest 200 of 900 errors.');
    expect(element.shadowRoot.querySelector('c-record-link').label).toBe('RUN-0000042');
    await expect(element).toBeAccessible();
  });

  it('says so when there were none', async () => {
    expect(await show([])).toEqual(['No errors in the last 7 days.']);
    await expect(element).toBeAccessible();
  });
});
