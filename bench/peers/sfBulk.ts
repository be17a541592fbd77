import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../sandbox/run/system.ts';
import { csvOf } from './csv.ts';
import { BILL, LINE } from './peer.ts';
import type { Peer, PeerOrg } from './peer.ts';

const run = promisify(execFile);
const SF = path.join(ROOT, 'node_modules/.bin/sf');

/** The CLI in a home of its own, signed in to the org. */
async function signedIn(org: PeerOrg, home: string): Promise<(...args: string[]) => Promise<unknown>> {
  const env = {
    ...process.env,
    // The CLI takes the first `node` that it finds, which on a machine with an older one would not be this.
    PATH: [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
    HOME: home,
    SF_ACCESS_TOKEN: org.accessToken,
    SF_DISABLE_TELEMETRY: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  };
  const sf = (...args: string[]) => run(SF, args, { env, cwd: home });
  await sf('org', 'login', 'access-token', '--instance-url', org.instanceUrl, '--no-prompt', '--alias', 'bench');
  return sf;
}

export const sfBulk: Peer = {
  name: 'sf data upsert bulk',
  says: 'Salesforce CLI: sf data upsert bulk, Bills and then Line Items; its own start is part of the time',
  async load(org, bills) {
    const home = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-bench-sf-'));
    try {
      const sf = await signedIn(org, home);
      const csv = csvOf(bills);
      for (const [{ object, key }, text] of [
        [BILL, csv.bills],
        [LINE, csv.lines],
      ] as const) {
        const file = path.join(home, `${object}.csv`);
        writeFileSync(file, text);
        await sf(
          'data',
          'upsert',
          'bulk',
          '--sobject',
          object,
          '--external-id',
          key,
          '--file',
          file,
          '--wait',
          '10',
          '--target-org',
          'bench',
          '--line-ending',
          'LF',
        );
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};
