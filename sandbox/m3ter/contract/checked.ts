import { startM3ter } from '../server.ts';
import type { LocalM3ter, M3terOptions } from '../server.ts';
import { Contract } from './contract.ts';

/**
 * Starts local m3ter for a test. Whatever any client of it is answered, be it the test, the agent or an SDK, is held
 * against m3ter's contract; `close` rejects when an answer broke it. The environment variable M3TER_OPENAPI may name
 * m3ter's OpenAPI document, which is not part of this project, to be held against as well.
 */
export async function startCheckedM3ter(options: M3terOptions): Promise<LocalM3ter> {
  const contract = new Contract(process.env['M3TER_OPENAPI']);
  const m3ter = await startM3ter({ ...options, inspect: (exchange) => contract.inspect(exchange) });
  return {
    ...m3ter,
    close: async () => {
      await m3ter.close();
      contract.assertKept();
    },
  };
}
