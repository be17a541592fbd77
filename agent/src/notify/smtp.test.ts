import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { SMTPServerOptions } from 'smtp-server';
import { mailServer, type MailServer } from '../testing/mailServer.ts';
import { MailError, smtpSender, transportOptions } from './smtp.ts';

const MAIL = { subject: 'Größe: disabled', body: 'First line\n\n.\nLast line' };

const servers: MailServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function listen(options?: SMTPServerOptions): Promise<MailServer> {
  const server = await mailServer(options);
  servers.push(server);
  return server;
}

const sender = (port: number, password = 'hush') =>
  smtpSender({ url: `smtp://agent:${password}@127.0.0.1:${port}`, from: 'bills@acme.example' });

describe('mail by SMTP', () => {
  it('reaches every recipient', async () => {
    const { port, received, to } = await listen();
    await sender(port)(['ann@acme.example', 'bob@acme.example'], MAIL);
    assert.deepEqual(to, ['ann@acme.example', 'bob@acme.example']);
    assert.equal(received.length, 1);
    assert.match(received[0] ?? '', /^From: bills@acme\.example\r\n/m);
    assert.match(received[0] ?? '', /^Subject: =\?UTF-8\?/m);
    assert.match(received[0] ?? '', /First line\r\n\r\n\.\r\nLast line/);
  });

  it('tells that it was refused, without password and addresses', async () => {
    const { port, received } = await listen();
    await assert.rejects(sender(port, 'wrong-hush')(['ann@acme.example'], MAIL), (error: Error) => {
      assert.ok(error instanceof MailError);
      assert.match(error.message, /EAUTH.*SMTP_URL/);
      assert.doesNotMatch(error.message, /hush|ann@/);
      return true;
    });
    assert.deepEqual(received, []);
  });

  it('tells that no recipient was taken, without naming one', async () => {
    const { port } = await listen({
      onRcptTo: ({ address }, _session, done) => done(new Error(`550 no mailbox ${address}`)),
    });
    await assert.rejects(sender(port)(['ann@acme.example'], MAIL), (error: Error) => {
      assert.match(error.message, /SMTP failed: EENVELOPE/);
      assert.doesNotMatch(error.message, /ann@/);
      return true;
    });
  });

  it('is encrypted unless the server is this machine', () => {
    assert.equal(transportOptions({ url: 'smtp://agent:hush@mail.example' }).requireTLS, true);
    assert.equal(transportOptions({ url: 'smtp://127.0.0.1:25' }).requireTLS, false);
  });

  it('tells that nobody listens', async () => {
    await assert.rejects(sender(1)(['ann@acme.example'], MAIL), /SMTP failed: (?:ESOCKET|ECONNECTION|ECONNREFUSED)/);
  });
});
