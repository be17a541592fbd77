/**
 * `npm run traffic -- record ...` and `npm run traffic -- replay ...`: keeps what a client says to an org and is
 * answered, and says it again to another org, to find out where that one answers otherwise.
 */
import { parseArgs } from 'node:util';
import { Recorder } from '../sandbox/traffic/recorder.ts';
import { exchangeOf, readRecording, Recording } from '../sandbox/traffic/recording.ts';
import { replay } from '../sandbox/traffic/replay.ts';
import { sendTo } from '../sandbox/traffic/send.ts';
import { signIn } from './org/signIn.ts';

const USAGE = `Usage: npm run traffic -- record --org URL --file FILE [--port PORT]
       npm run traffic -- replay --file FILE --target-org ALIAS

  record  stands before the org at URL until Ctrl-C and keeps requests to its data API and their answers in FILE.
          Point the login URL of the agent's Salesforce credential at the address it prints, and sync.
          Sign-ins and access tokens are not kept; the data of the org is.
  replay  sends them again to an org that "sf" is signed in to, writes included, and prints where status, keys or
          codes of its answers differ. Ends with 1 where they do. For scratch orgs and sandboxes.`;

class UsageError extends Error {}

function readOptions(args: string[]) {
  const options = {
    org: { type: 'string' },
    file: { type: 'string' },
    port: { type: 'string', default: '0' },
    'target-org': { type: 'string' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { what: positionals[0], ...values };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function needed(value: string | undefined, option: string): string {
  if (value) return value;
  throw new UsageError(`${option} is missing.`);
}

async function record(orgUrl: string, file: string, port: number): Promise<void> {
  const recorder = await Recorder.before(orgUrl, port);
  const recording = new Recording(file);
  let count = 0;
  recorder.onAnswer = (call) => {
    const exchange = exchangeOf(call);
    if (!exchange) return;
    recording.add(exchange);
    count += 1;
  };
  console.log(`Recording what goes to ${orgUrl} through ${recorder.url}. Ctrl-C ends it.`);
  process.once('SIGINT', () => {
    void recorder.close().then(() => console.log(`${count} exchanges are in ${file}.`));
  });
}

async function replayTo(alias: string, file: string): Promise<number> {
  const exchanges = readRecording(file);
  const { instanceUrl, accessToken } = await signIn(alias);
  const all = await replay(exchanges, sendTo(instanceUrl, accessToken));
  for (const { number, method, path, differences } of all) {
    console.log(`${number}. ${method} ${path}\n${differences.map((one) => `   ${one}`).join('\n')}`);
  }
  console.log(`${exchanges.length} requests were sent again, ${all.length} were answered otherwise than recorded.`);
  return all.length > 0 ? 1 : 0;
}

try {
  const { what, org, file, port, 'target-org': alias } = readOptions(process.argv.slice(2));
  if (what === 'record') await record(needed(org, '--org'), needed(file, '--file'), Number(port));
  else if (what === 'replay') process.exitCode = await replayTo(needed(alias, '--target-org'), needed(file, '--file'));
  else throw new UsageError('Say record or replay.');
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? `${error.message}\n\n${USAGE}` : (error as Error).message);
  process.exitCode = isUsage ? 2 : 1;
}
