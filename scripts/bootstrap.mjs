// Runs before every npm script that needs packages, on whatever Node the machine has (20 or newer): installs what is
// missing or stale, and only that. `run` installs what running needs, `test` the tools of development as well; where these
// are, they stay.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const stampFile = path.join(root, 'node_modules', '.installed.json');

/** What the installed packages were made from: the lock file repeats what the manifests ask for. */
function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
}

function installed() {
  if (!existsSync(stampFile)) return undefined;
  return JSON.parse(readFileSync(stampFile, 'utf8'));
}

const current = fingerprint();
const stamp = installed();
const wanted = process.argv[2] === 'test' || stamp?.set === 'test' ? 'test' : 'run';
const upToDate = stamp?.fingerprint === current && (stamp.set === 'test' || wanted === 'run');

if (!upToDate) {
  const size =
    wanted === 'run' ? 'what running needs (about a minute)' : 'everything development needs (about three minutes)';
  console.error(`Installing ${size} ...`);
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  if (wanted === 'run') args.push('--omit=dev');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const result = spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (result.status !== 0) {
    console.error(
      `npm ci failed (exit code ${result.status}). Check the network and the npm registry, then run the command again.`,
    );
    process.exit(result.status ?? 1);
  }
  writeFileSync(stampFile, JSON.stringify({ fingerprint: current, set: wanted }));
}

const bundled = path.join(root, 'node_modules', '.bin', 'node');
if (!existsSync(bundled) && Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `No Node 24 package exists for ${process.platform} ${process.arch}, and this machine has Node ${process.versions.node}. ` +
      'Install Node 24 from https://nodejs.org and run the command again.',
  );
  process.exit(1);
}
