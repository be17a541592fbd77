import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** For tests: a mail server that keeps what it gets; user `agent`, password `hush`. */
export interface MailServer {
  readonly port: number;
  /** Each mail as it came. */
  readonly received: string[];
  /** The recipients of all of them. */
  readonly to: string[];
  close(): Promise<void>;
}

export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const [received, to]: [string[], string[]] = [[], []];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      if (username === 'agent' && password === 'hush') done(null, { user: username });
      else done(new Error('535 wrong'));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString('utf8'));
        to.push(...session.envelope.rcptTo.map(({ address }) => address));
        done();
      });
    },
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    received,
    to,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
