/*
 * A process for tests of crashes: works the push jobs of the store STORE_URL, tells on standard output what it does
 * (`begin BILL ATTEMPT`, `end BILL`), and takes MILLISECONDS for each; for ever when that is 0.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { openTestStore } from '../../testing/stores.ts';
import { DONE, workEach } from './testing.ts';

const [url = '', milliseconds = '0'] = process.argv.slice(2);
const store = await openTestStore(url);
const tell = (line: string): void => void process.stdout.write(`${line}\n`);

await workEach(
  store,
  async ({ data: { billId, runKey }, attempt }) => {
    tell(`begin ${billId} ${attempt}`);
    if (milliseconds === '0') await new Promise(() => undefined);
    await delay(Number(milliseconds));
    await store.batches.record(runKey, [{ billId, outcome: 'sent', isFinal: true }]);
    tell(`end ${billId}`);
    return DONE;
  },
  { batchSize: 5, concurrency: 2 },
);
