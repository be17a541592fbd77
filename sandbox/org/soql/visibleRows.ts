import { masterField } from '../access/sharing.ts';
import type { ObjectModel } from '../model.ts';
import { quote } from '../store/database.ts';
import type { Statement } from './scope.ts';

/**
 * SQL of what sharing lets the user see of an object's rows; undefined where that is all of them. It says what
 * `sharingAllowsRead` says of one record.
 */
export function visibleRows(statement: Statement, object: ObjectModel, alias: string): string | undefined {
  const { org, user } = statement;
  if (object.sharing === 'Read' || object.sharing === 'ReadWrite') return undefined;
  if (org.access.object(user, object.name).viewAll) return undefined;
  if (object.sharing === 'Private') {
    const owners = [user.id, ...org.access.ownersBelow(user)].map((id) => statement.bind(id));
    return `${alias}."OwnerId" IN (${owners.join(', ')})`;
  }
  const field = masterField(object);
  const master = field && org.model.objects.get(field.reference!.to[0]!.toLowerCase());
  if (!master) return undefined;
  const masterAlias = statement.nextAlias();
  const visible = visibleRows(statement, master, masterAlias);
  const key = `${masterAlias}."Id" = ${alias}.${quote(field.name)}`;
  return visible && `EXISTS (SELECT 1 FROM ${statement.table(master)} ${masterAlias} WHERE ${key} AND ${visible})`;
}
