import type { FastifyInstance } from 'fastify';
import type { Org } from '../model.ts';

export interface Email {
  from: string;
  to: string[];
  subject: string;
  body: string;
}

const TABLE =
  'CREATE TABLE IF NOT EXISTS _email (id INTEGER PRIMARY KEY, sent TEXT NOT NULL, sender TEXT NOT NULL, ' +
  'recipients TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL)';

/** Keeps an e-mail in the place of sending it. */
export function keepEmail({ sql, now }: Org, { from, to, subject, body }: Email): void {
  sql
    .prepare('INSERT INTO _email (sent, sender, recipients, subject, body) VALUES (?, ?, ?, ?, ?)')
    .run(now().toISOString(), from, JSON.stringify(to), subject, body);
}

/** Serves the e-mails that the org would have sent, oldest first: GET /sandbox/emails; DELETE forgets them. */
export function registerEmails(app: FastifyInstance, { sql }: Org): void {
  sql.exec(TABLE);
  app.get('/sandbox/emails', () =>
    sql
      .prepare('SELECT * FROM _email ORDER BY id')
      .all()
      .map((row) => ({
        sent: row['sent'],
        from: row['sender'],
        to: JSON.parse(String(row['recipients'])) as string[],
        subject: row['subject'],
        body: row['body'],
      })),
  );
  app.delete('/sandbox/emails', (_request, reply) => {
    sql.exec('DELETE FROM _email');
    return reply.code(204).send();
  });
}
