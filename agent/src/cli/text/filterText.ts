import type { OperationOutput } from '../../operations/operations.ts';
import { plural, table } from './table.ts';

/** Which m3ter Accounts a filter lets through. */
export function filterText(result: OperationOutput<'testFilter'>): string {
  const { filter, accountsRead, matching, accounts, account, unclear } = result;
  return [
    `Filter: ${filter || 'none, so every Account'}`,
    ...(account === null ? [] : [`Account ${account.code ?? account.id}: ${account.reason}`]),
    `${matching} of ${plural(accountsRead, 'Account')} ${matching === 1 ? 'is' : 'are'} let through.`,
    ...(unclear.count > 0 ? [`${unclear.count} cannot be told, for example: ${unclear.example}`] : []),
    ...(accounts.length > 0
      ? [
          table(
            ['Account', 'code', 'name'],
            accounts.map(({ id, code, name }) => [id, code, name]),
          ),
        ]
      : []),
    ...(accounts.length < matching ? [`${matching - accounts.length} more; show them with --limit`] : []),
  ].join('\n');
}
