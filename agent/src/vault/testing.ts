import type { CredentialRow, CredentialRows } from '../store/types.ts';

/** Rows of credentials in memory. */
export function memoryRows(): CredentialRows & { readonly rows: Map<string, CredentialRow> } {
  const rows = new Map<string, CredentialRow>();
  return {
    rows,
    list: () => Promise.resolve([...rows.values()].sort((one, other) => (one.name < other.name ? -1 : 1))),
    get: (name) => Promise.resolve(rows.get(name)),
    put: (row) => Promise.resolve(void rows.set(row.name, row)),
    remove: (name) => Promise.resolve(rows.delete(name)),
  };
}
