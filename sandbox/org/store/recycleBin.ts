import type { ObjectModel } from '../model.ts';
import { quote } from './database.ts';
import type { Database } from './database.ts';

/** The table that keeps an object's deleted records, which every query but queryAll knows nothing of. */
export const binOf = (objectName: string): string => `${objectName}:deleted`;

/** The view of an object's records, deleted ones as well. */
export const withDeleted = (objectName: string): string => `${objectName}:all`;

/** Makes the view anew, as the columns may be others than before. */
export function createViews(database: Database, object: ObjectModel): void {
  const columns = [...object.fields.values()].map(({ name }) => quote(name)).join(', ');
  const view = quote(withDeleted(object.name));
  const live = `SELECT ${columns} FROM ${quote(object.name)}`;
  const deleted = `SELECT ${columns} FROM ${quote(binOf(object.name))}`;
  database.sql.exec(`DROP VIEW IF EXISTS ${view}; CREATE VIEW ${view} AS ${live} UNION ALL ${deleted}`);
}

/** Who deleted a record when, as the record shows it from then on. */
export interface DeletionMark {
  LastModifiedDate: string;
  LastModifiedById: string;
}

/**
 * Moves a record into the recycle bin and remembers its id.
 *
 * @param deletion id of the record whose deletion took this one with it, or its own
 */
export function moveToBin(
  database: Database,
  object: ObjectModel,
  id: string,
  deletion: string,
  mark: DeletionMark,
): void {
  const names = [...object.fields.values()].map(({ name }) => name);
  const changed: Record<string, string> = {
    IsDeleted: '1',
    LastModifiedDate: '?2',
    SystemModstamp: '?2',
    LastModifiedById: '?3',
  };
  const columns = names.map((name) => changed[name] ?? quote(name)).join(', ');
  const bin = `INSERT INTO ${quote(binOf(object.name))} (${names.map(quote).join(', ')})`;
  const { LastModifiedDate, LastModifiedById } = mark;
  database.run(
    `${bin} SELECT ${columns} FROM ${quote(object.name)} WHERE "Id" = ?1`,
    id,
    LastModifiedDate,
    LastModifiedById,
  );
  database.run(`DELETE FROM ${quote(object.name)} WHERE "Id" = ?`, id);
  database.run('INSERT OR REPLACE INTO _recycled VALUES (?, ?, ?)', id, object.name, deletion);
}

/** Ids and objects of what went into the bin with a record, the record first. */
export function deletedWith(database: Database, id: string): Array<{ id: string; object: string }> {
  const rows = database.rows('SELECT id, object FROM _recycled WHERE deletion = ? ORDER BY id <> ?', id, id);
  return rows.map(([one, object]) => ({ id: one as string, object: object as string }));
}

/** Takes a record out of the bin. */
export function takeFromBin(database: Database, object: ObjectModel, id: string): void {
  const names = [...object.fields.values()].map(({ name }) => name);
  const columns = names.map((name) => (name === 'IsDeleted' ? '0' : quote(name))).join(', ');
  database.run(
    `INSERT INTO ${quote(object.name)} (${names.map(quote).join(', ')}) SELECT ${columns} FROM ${quote(binOf(object.name))} WHERE "Id" = ?`,
    id,
  );
  database.run(`DELETE FROM ${quote(binOf(object.name))} WHERE "Id" = ?`, id);
  database.run('DELETE FROM _recycled WHERE id = ?', id);
}
