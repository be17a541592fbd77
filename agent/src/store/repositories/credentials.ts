import { toJson, type Sql } from '../database/db.ts';
import type { CredentialRow, CredentialRows } from '../types.ts';

const COLUMNS = `name, kind, destination, public_data AS "publicData", secret, created_at AS "createdAt",
  rotated_at AS "rotatedAt"`;

export class Credentials implements CredentialRows {
  private readonly sql: Sql;

  constructor(sql: Sql) {
    this.sql = sql;
  }

  async list(): Promise<CredentialRow[]> {
    const rows = await this.sql.query<CredentialRow>(
      `SELECT ${COLUMNS} FROM agent.credentials ORDER BY name COLLATE "C"`,
    );
    return rows.map(withBytes);
  }

  async get(name: string): Promise<CredentialRow | undefined> {
    const [row] = await this.sql.query<CredentialRow>(`SELECT ${COLUMNS} FROM agent.credentials WHERE name = $1`, [
      name,
    ]);
    return row && withBytes(row);
  }

  async put(row: CredentialRow): Promise<void> {
    const { name, kind, destination, publicData, secret, createdAt, rotatedAt } = row;
    await this.sql.query(
      `INSERT INTO agent.credentials VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, destination = excluded.destination,
         public_data = excluded.public_data, secret = excluded.secret, created_at = excluded.created_at,
         rotated_at = excluded.rotated_at`,
      [name, kind, destination, toJson(publicData), secret, createdAt, rotatedAt],
    );
  }

  async remove(name: string): Promise<boolean> {
    const rows = await this.sql.query('DELETE FROM agent.credentials WHERE name = $1 RETURNING name', [name]);
    return rows.length > 0;
  }
}

/** A server's driver gives a Buffer. */
function withBytes(row: CredentialRow): CredentialRow {
  return { ...row, secret: new Uint8Array(row.secret) };
}
