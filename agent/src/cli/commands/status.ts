import { existsSync } from 'node:fs';
import { loadStoreSettings } from '../../config/load.ts';
import { Store, storeFolder } from '../../store/store.ts';
import { EXIT, type CommandContext, type ExitCode } from '../context.ts';
import { statusText } from '../output.ts';

export interface StatusOptions {
  readonly json: boolean;
  readonly config: string | undefined;
}

const SHOWN_SWEEPS = 10;

/** `m3ter-bills status`: what the agent remembers of its last sweeps. */
export async function status({ json, config }: StatusOptions, context: CommandContext): Promise<ExitCode> {
  const { storeUrl } = loadStoreSettings(context.env, config);
  // Looking must not make a store.
  const store = existsSync(storeFolder(storeUrl)) ? await Store.open(storeUrl) : undefined;
  try {
    const sweeps = (await store?.sweeps(SHOWN_SWEEPS)) ?? [];
    const bills = (await store?.statusCounts()) ?? {};
    context.print(json ? JSON.stringify({ bills, sweeps }) : statusText(sweeps, bills));
    return EXIT.good;
  } finally {
    await store?.close();
  }
}
