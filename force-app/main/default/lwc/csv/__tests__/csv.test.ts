import { downloadCsv, toCsv } from 'c/csv';

describe('a CSV file', () => {
  it('quotes every cell, and tells spreadsheets that it is UTF-8', () => {
    expect(toCsv(['Name', 'Total'], [['Müller "& Co", GmbH', { number: '12.5' }]])).toBe(
      '\uFEFF"Name","Total"\r\n"Müller ""& Co"", GmbH","12.5"\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@cmd', '\tx', '\rx'])('lets no spreadsheet run %p', (text) => {
    expect(toCsv(['A'], [[text]])).toContain(`"'${text}"`);
  });

  it('keeps negative numbers numbers', () => {
    expect(toCsv(['A'], [[{ number: '-12.5' }]])).toContain('"-12.5"');
  });

  it('is saved under its name, and its address is given back', () => {
    const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    URL.createObjectURL = jest.fn(() => 'blob:1');
    URL.revokeObjectURL = jest.fn();
    downloadCsv('INV-1.csv', 'text');
    expect((clicked.mock.contexts[0] as HTMLAnchorElement).download).toBe('INV-1.csv');
    expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:1');
    clicked.mockRestore();
  });
});
