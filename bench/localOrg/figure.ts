import { readFileSync } from 'node:fs';

export interface Figure {
  name: string;
  /** Milliseconds, one for each time it was done. */
  times: number[];
  /** What the median should stay under, in milliseconds. */
  target: number;
  /** The server's time on a processor for each, in milliseconds, which other work on the machine lengthens little. */
  cpu?: number;
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

export function print({ name, times, target, cpu }: Figure): void {
  const middle = median(times);
  const verdict = middle < target ? 'ok' : 'too slow';
  const shown = `${middle.toFixed(1)} ms (max ${Math.max(...times).toFixed(1)}, ${times.length} times)`;
  const ofServer = cpu === undefined ? '' : `CPU ${cpu.toFixed(1)} ms`;
  console.log(`${name.padEnd(58)} ${shown.padEnd(33)} ${ofServer.padEnd(13)} under ${target} ms: ${verdict}`);
}

/** A process's time on a processor in milliseconds, by Linux's clock of 10 ms; undefined elsewhere. */
function cpuOf(pid: number | undefined): number | undefined {
  try {
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user = NaN, system = NaN] = fields.split(' ').slice(11, 13).map(Number);
    return (user + system) * 10;
  } catch {
    return undefined;
  }
}

/** What is measured: how often, against which figure, and the work of the server with this process id. */
export interface Measurement {
  name: string;
  target: number;
  rounds: number;
  pid: number | undefined;
  work: (round: number) => Promise<unknown>;
}

/** The first times a server does a work it still compiles the code for it. */
const WARM_UPS = 5;

/** Does the work a few times to warm up, then as often as told, and prints the figure. */
export async function measure({ name, target, rounds, pid, work }: Measurement): Promise<void> {
  for (let round = 0; round < WARM_UPS; round++) await work(round);
  const figure: Figure = { name, target, times: [] };
  const before = cpuOf(pid);
  for (let round = WARM_UPS; round < WARM_UPS + rounds; round++) {
    const start = performance.now();
    await work(round);
    figure.times.push(performance.now() - start);
  }
  const after = cpuOf(pid);
  if (before !== undefined && after !== undefined) figure.cpu = (after - before) / rounds;
  print(figure);
}
