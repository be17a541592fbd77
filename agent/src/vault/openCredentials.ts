import type { Settings } from '../config/load.ts';
import type { Runtime } from '../runtime.ts';
import type { Store } from '../store/types.ts';
import { storeLocation } from '../store/url.ts';
import { Credentials } from './credentials.ts';
import { KeyRing } from './key.ts';
import { Vault } from './vault.ts';

/** The credentials of the environment and of an open store. Needs no key until one is to be decrypted. */
export function openCredentials(
  { environmentCredentials, vaultKeys, storeUrl }: Pick<Settings, 'environmentCredentials' | 'vaultKeys' | 'storeUrl'>,
  store: Pick<Store, 'vault'>,
  runtime: Pick<Runtime, 'now'>,
): Credentials {
  const location = storeLocation(storeUrl);
  const keyRing = new KeyRing(vaultKeys, location.kind === 'pglite' ? location.folder : undefined);
  return new Credentials(environmentCredentials, new Vault(store.vault, keyRing), runtime);
}
