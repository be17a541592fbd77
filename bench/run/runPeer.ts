import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { BillRecords } from '../data/records.ts';
import type { Peer } from '../peers/peer.ts';
import type { World } from './world.ts';

const SCRIPT = path.join(import.meta.dirname, '../peers/peerProcess.ts');

/**
 * Has a peer write Bills, in a process of its own that is up before the clock starts.
 *
 * @param killAfterMs kills it in the middle
 * @returns milliseconds
 */
export async function runPeer(
  world: World,
  peer: Peer,
  bills: readonly BillRecords[],
  killAfterMs?: number,
): Promise<number> {
  const file = path.join(world.folder, 'peer.json');
  const { instanceUrl, username, accessToken } = world.org;
  writeFileSync(file, JSON.stringify({ name: peer.name, org: { instanceUrl, username, accessToken }, bills }));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SCRIPT, file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  await lines.next();
  const started = performance.now();
  child.stdin.write('go\n');
  if (killAfterMs !== undefined) {
    await Promise.race([delay(killAfterMs), ended]);
    // With what it started itself, such as the Salesforce CLI.
    if (child.exitCode === null) process.kill(-(child.pid as number), 'SIGKILL');
    await ended;
    return performance.now() - started;
  }
  const { value } = (await lines.next()) as { value: string | undefined };
  const milliseconds = performance.now() - started;
  await ended;
  if (value !== 'done') throw new Error(`${peer.name} broke off: ${said.slice(-1000)}`);
  return milliseconds;
}
