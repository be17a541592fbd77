import { format } from 'c/format';

describe('c/format', () => {
  it('fills placeholders by position, as often as they occur', () => {
    expect(format('{1} of {0}, {1}', 'three', 'one')).toBe('one of three, one');
  });

  it('leaves a placeholder without a value, and takes values literally', () => {
    expect(format('{0} and {1}', '$& {1}')).toBe('$& {1} and {1}');
  });

  it('sets values apart where people read from right to left', () => {
    jest.doMock('@salesforce/i18n/dir', () => ({ __esModule: true, default: 'rtl' }), { virtual: true });
    jest.isolateModules(() => {
      const rtl = jest.requireActual<{ format: typeof format }>('c/format');
      expect(rtl.format('{0} ({1})', '-5 EUR', '8%')).toBe('\u2068-5 EUR\u2069 (\u20688%\u2069)');
    });
  });
});
