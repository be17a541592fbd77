import DIR from '@salesforce/i18n/dir';

/**
 * Where people read from right to left, a value is set apart (first strong isolate, Unicode UAX #9): else its numbers,
 * signs and brackets would change places with those of the text around it.
 */
const [BEFORE, AFTER] = DIR === 'rtl' ? ['\u2068', '\u2069'] : ['', ''];

/** Fills the placeholders `{0}`, `{1}` ... of a custom label. */
export function format(text: string, ...values: string[]): string {
  return text.replace(/\{(\d+)\}/g, (placeholder, index: string) => {
    const value = values[Number(index)];
    return value === undefined ? placeholder : `${BEFORE}${value}${AFTER}`;
  });
}
