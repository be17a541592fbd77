import type { OperationOutput } from '../../operations/operations.ts';
import { table } from './table.ts';

/** The m3ter Accounts whose Bills have no Account, each with the Salesforce Accounts that it may be. */
export function suggestionsText({ unmatched }: OperationOutput<'suggestAccounts'>): string {
  if (unmatched.length === 0) return 'Every Bill has its Account.';
  const rows = unmatched.flatMap(({ m3terAccountId, code, name, bills, suggestions }) => {
    const first = [m3terAccountId, code, name, bills];
    if (suggestions.length === 0) return [[...first, null, 'none fits', null]];
    return suggestions.map((each, index) => [
      ...(index === 0 ? first : [null, null, null, null]),
      ...[each.accountId, each.name, each.because === 'name' ? 'same name' : 'Account number'],
    ]);
  });
  return table(['m3ter Account', 'code', 'name', 'Bills', 'Account', 'name', 'because'], rows);
}
