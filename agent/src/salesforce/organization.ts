import type { SalesforceCalls, SalesforceConnection } from './connection.ts';
import { SalesforceError, SalesforceSetupError } from './errors.ts';
import { parentOf, queryAll, quote, textOf } from './soql.ts';

/**
 * What the agent asks of an org beside Account, User (email.ts) and the package's own objects. A local org has to answer
 * these queries:
 * - SELECT Id, TimeZoneSidKey, IsSandbox, NamespacePrefix FROM Organization LIMIT 1
 * - SELECT PermissionSet.Name, PermissionSet.PermissionsModifyAllData, ... (RIGHTS) FROM PermissionSetAssignment
 *   WHERE AssigneeId = '...'
 */

export interface OrgFacts {
  /** 18 characters. */
  readonly orgId: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly isSandbox: boolean;
  /** Of the org itself, which only packaging orgs have. */
  readonly namespace: string | null;
}

/** What does not change about an org. */
export async function orgFacts(connection: SalesforceCalls): Promise<OrgFacts> {
  const fields = 'Id, TimeZoneSidKey, IsSandbox, NamespacePrefix';
  const [row = {}] = await queryAll(connection, `SELECT ${fields} FROM Organization LIMIT 1`);
  return {
    orgId: textOf(row, 'Id') ?? '',
    timeZone: textOf(row, 'TimeZoneSidKey') ?? 'UTC',
    isSandbox: row['IsSandbox'] === true,
    namespace: textOf(row, 'NamespacePrefix'),
  };
}

/** Rights over the whole org, which the agent never needs, by the field of PermissionSet that gives them. */
const RIGHTS = {
  PermissionsModifyAllData: 'Modify All Data',
  PermissionsViewAllData: 'View All Data',
  PermissionsManageUsers: 'Manage Users',
  PermissionsCustomizeApplication: 'Customize Application',
} as const;

export interface OrgRight {
  /** Such as `Modify All Data`. */
  readonly right: string;
  /** The permission set, or the profile's, that gives it. */
  readonly givenBy: string;
}

/**
 * The rights over the whole org that the agent's user has though the agent needs none; undefined when the user may not
 * see its own permission sets.
 */
export async function excessRights(
  connection: Pick<SalesforceConnection, 'request' | 'retrying' | 'userId'>,
): Promise<OrgRight[] | undefined> {
  const fields = ['Name', ...Object.keys(RIGHTS)].map((field) => `PermissionSet.${field}`).join(', ');
  const assignee = quote(await connection.userId());
  const soql = `SELECT ${fields} FROM PermissionSetAssignment WHERE AssigneeId = ${assignee}`;
  try {
    const rows = (await queryAll(connection, soql)).map((row) => parentOf(row, 'PermissionSet'));
    return rows.flatMap((row) =>
      Object.entries(RIGHTS)
        .filter(([field]) => row[field] === true)
        .map(([, right]) => ({ right, givenBy: textOf(row, 'Name') ?? '' })),
    );
  } catch (error) {
    if (error instanceof SalesforceSetupError) return undefined;
    if (error instanceof SalesforceError && error.code === 'INVALID_FIELD') return undefined;
    throw error;
  }
}
