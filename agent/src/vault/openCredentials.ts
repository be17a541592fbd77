import type { Settings } from '../config/load.ts';
import type { Runtime } from '../runtime.ts';
import type { Store } from '../store/types.ts';
import { storeLocation } from '../store/url.ts';
import { Credentials } from './credentials.ts';
import { KeyRing } from './key.ts';
import { Vault } from './vault.ts';

/** The credentials of the environment and of an open store. Needs no key until one is to be decrypted. */
export function openCredentials(
  settings: Pick<Settings, 'environmentCredentials' | 'm3terOrgId' | 'vaultKeys' | 'storeUrl'>,
  store: Pick<Store, 'vault'>,
  runtime: Pick<Runtime, 'now'>,
): Credentials {
  const location = storeLocation(settings.storeUrl);
  const keyRing = new KeyRing(settings.vaultKeys, location.kind === 'pglite' ? location.folder : undefined);
  return new Credentials(settings, new Vault(store.vault, keyRing), runtime);
}
