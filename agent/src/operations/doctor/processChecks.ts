import type { Settings } from '../../config/load.ts';
import { ConfigurationError, NO_ORGANIZATION } from '../../config/load.ts';
import { errorMessage } from '../../errors.ts';
import type { Store } from '../../store/types.ts';
import type { Credentials } from '../../vault/credentials.ts';
import type { Check } from '../shapes.ts';
import { fail, guarded, pass, warn } from './findings.ts';

const NODE_MAJOR = 24;

/** @param version such as v24.3.0 */
export function nodeCheck(version: string): Check {
  const major = Number.parseInt(version.replace('v', ''), 10);
  if (major >= NODE_MAJOR) return pass('node', version);
  return fail('node', `${version} is too old`, `Install Node ${NODE_MAJOR} or newer`);
}

/** The settings, each problem a line of its own. */
export function settingsChecks(settings: Settings | Error): Check[] {
  const fix = 'm3ter-bills help configuration';
  if (settings instanceof ConfigurationError) return settings.problems.map((problem) => fail('settings', problem, fix));
  if (settings instanceof Error) return [fail('settings', errorMessage(settings), fix)];
  return [
    settings.m3terOrgId === undefined ? fail('settings', NO_ORGANIZATION, fix) : pass('settings', 'complete'),
    ...settings.warnings.map((warning) => warn('settings', warning, 'Take it out of the settings')),
  ];
}

/** Whether the store opened, and answers. */
export async function storeChecks(store: Store | Error): Promise<Check[]> {
  if (store instanceof Error) {
    return [fail('store', errorMessage(store), 'Set STORE_URL to a store that this process can use')];
  }
  return guarded('store', store.url, 'm3ter-bills status', async () => {
    const { queued, active, retrying, dead } = await store.queue.depth();
    const queue = `${queued} queued, ${active} active, ${retrying} to be tried again`;
    return [
      pass('store', `${store.kind}, opened and locked as it should be, tables up to date`, store.url),
      pass('queue', queue),
      ...(dead > 0 ? [warn('queue', `${dead} Bills are put aside as dead`, 'm3ter-bills redrive')] : []),
    ];
  });
}

/** Whether every credential of the vault opens. */
export async function vaultChecks(credentials: Credentials): Promise<Check[]> {
  const infos = (await credentials.list()).filter(({ source }) => source === 'vault');
  const checks = await Promise.all(
    infos.map(({ name }) =>
      guarded('vault', name, `m3ter-bills credential remove ${name}, then add it again`, async () => {
        await credentials.get(name);
        return [pass('vault', 'decrypts', name)];
      }),
    ),
  );
  return infos.length > 0 ? checks.flat() : [pass('vault', 'empty')];
}

/** How changes and notifications travel. */
export function pathChecks({ webhook, eventsPollSeconds, mail, httpHost }: Settings): Check[] {
  const poll = `m3ter's events are read every ${eventsPollSeconds} s`;
  return [
    webhook
      ? pass(
          'webhook',
          `received on ${httpHost}, guarded by ${webhook.signature ? 'a signature' : 'its path'}; ${poll} too`,
        )
      : pass('webhook', `none; ${poll} instead`),
    mail
      ? pass('mail', 'through Salesforce, and by SMTP while Salesforce cannot be reached')
      : warn(
          'mail',
          'only through Salesforce: nobody is told while Salesforce cannot be reached',
          'Set SMTP_URL and SMTP_FROM',
        ),
  ];
}
