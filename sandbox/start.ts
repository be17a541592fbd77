/**
 * What `npm start` and `npm run sandbox` run: local m3ter, the local org, the agent as its own process and the
 * workbench; or, with --once, one sync from fresh state.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { agentUrl, ended, startAgent } from './run/agentProcess.ts';
import { runOnce } from './run/once.ts';
import { lockState } from './run/stateLock.ts';
import { readSettings, stateFolder, UsageError, USAGE } from './run/settings.ts';
import type { SandboxSettings } from './run/settings.ts';
import { ROOT, startSystem } from './run/system.ts';
import type { LocalSystem } from './run/system.ts';
import { startWorkbench } from './workbench/server.ts';

async function serve(settings: SandboxSettings): Promise<number> {
  const stateDir = settings.stateDir ?? stateFolder(ROOT, settings.dataDir, settings.namespace);
  const lock = lockState(stateDir);
  try {
    if (settings.reset) rmSync(stateDir, { recursive: true, force: true });
    return await serveFrom(stateDir, settings);
  } finally {
    lock.release();
  }
}

async function serveFrom(stateDir: string, settings: SandboxSettings): Promise<number> {
  const system = await startSystem({
    stateDir,
    m3terPort: settings.port + 1,
    orgPort: settings.port + 2,
    ...(settings.dataDir ? { dataDir: settings.dataDir } : {}),
    ...(settings.namespace ? { namespace: settings.namespace } : {}),
  });
  try {
    return await serveSystem(system, settings);
  } finally {
    await system.close();
  }
}

async function serveSystem(system: LocalSystem, { port, namespace }: SandboxSettings): Promise<number> {
  const agentPort = port + 3;
  const agent = await startAgent(system, agentPort);
  const agentEnded = ended(agent);
  try {
    const workbench = await startWorkbench({
      port,
      org: system.org,
      m3ter: system.m3ter,
      ...(namespace ? { namespace } : {}),
    });
    const urls = [workbench.url, system.m3ter.baseUrl, system.org.instanceUrl, agentUrl(agentPort)] as const;
    console.log(welcome(urls, path.relative(ROOT, system.stateDir)));
    const stopped = new Promise<'signal'>((resolve) => {
      process.once('SIGINT', () => resolve('signal'));
      process.once('SIGTERM', () => resolve('signal'));
    });
    const why = await Promise.race([stopped, agentEnded]);
    if (why !== 'signal') console.error(`The agent has stopped with exit code ${why}; its last messages are above.`);
    await workbench.close();
    return why === 'signal' ? 0 : 1;
  } finally {
    agent.kill('SIGTERM');
    await agentEnded;
  }
}

const welcome = (
  [workbench, m3ter, org, agent]: readonly [string, string, string, string],
  stateDir: string,
): string => `
m3ter Bills for Salesforce is running.

  Workbench     ${workbench}     Lightning pages, signed in as an administrator
  Local m3ter   ${m3ter}     the m3ter API
  Local org     ${org}     the Salesforce API
  Agent         ${agent}     m3ter's API for integrations, health and metrics

Three things to try:
  1. In the panel "m3ter" generate a bill run, then recalculate a Bill: Salesforce follows within seconds.
  2. On the page of the integration switch it off, change a Bill, and switch it on again: the change is sent then.
  3. Switch to the finance user, then to the viewer, and see what each may see.

State is kept in ${stateDir}; the option --reset empties it. Ctrl-C stops everything.
`;

try {
  const settings = readSettings(process.argv.slice(2));
  if (settings.help) console.log(USAGE);
  else process.exitCode = await (settings.once ? runOnce(settings) : serve(settings));
} catch (error) {
  console.error(
    error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error instanceof Error ? error.message : error,
  );
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
