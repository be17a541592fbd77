import path from 'node:path';
import { runCommandLine } from '../../agent/src/cli/run.ts';
import { testContext } from '../../agent/src/cli/testContext.ts';
import { readEndpoint } from '../../agent/src/operations/endpoint.ts';
import type { JsonRecord } from '../../sandbox/run/records.ts';
import type { Environment, RunningAgent } from './agentProcess.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

/** What a command printed with --json, how it ended, and what it wrote for people. */
export interface CommandEnd {
  code: number;
  document: JsonRecord;
  written: string;
}

/** An agent that runs beside the test in a process of its own. */
export class LiveAgent {
  /** Of its server. */
  readonly url: string;
  private readonly running: RunningAgent;
  private readonly environment: Record<string, string>;

  private constructor(running: RunningAgent, environment: Record<string, string>, url: string) {
    this.running = running;
    this.environment = environment;
    this.url = url;
  }

  /** Starts `m3ter-bills start` and waits until it takes commands. `store` names one of the stores of the world. */
  static async start(world: World, more: Environment = {}, store = 'agent'): Promise<LiveAgent> {
    const settings = { CONTROL_POLL_SECONDS: '0.3', EVENTS_POLL_SECONDS: '0.3', HINT_WINDOW_MS: '100', ...more };
    const environment = world.environment(settings, store);
    const running = world.agent(['start'], environment);
    const folder = path.join(world.folder, store);
    let hasEnded: string | undefined;
    void running.ended.then(({ code, stderr }) => (hasEnded = `${code ?? 'a signal'}: ${stderr}`));
    const endpoint = await until('a running agent', async () => {
      if (hasEnded !== undefined) throw new Error(`The agent ended with ${hasEnded}`);
      const found = await Promise.resolve(readEndpoint(folder));
      return found?.processId === running.process.pid && found;
    }).catch((error: unknown) => {
      running.process.kill('SIGKILL');
      throw error;
    });
    const texts = Object.entries(environment).filter((pair): pair is [string, string] => pair[1] !== undefined);
    return new LiveAgent(running, Object.fromEntries(texts), endpoint.url);
  }

  /** Runs a command beside the agent, with --json. The process is the test's own: what works is done by the agent. */
  async command(words: readonly string[], stdin = ''): Promise<CommandEnd> {
    const context = testContext({ env: this.environment, stdin });
    const code = await runCommandLine([...words, '--json'], { ...context, now: () => new Date() });
    const text = context.printed.join('\n');
    return { code, document: JSON.parse(text) as JsonRecord, written: context.written.join('') };
  }

  /** Its log so far. */
  get log(): string {
    return this.running.written();
  }

  /** Resolves once the text shows in the agent's log. */
  says(text: RegExp): Promise<void> {
    return this.running.says(text);
  }

  /** Ends it as a service manager would, and gives back its log. */
  async close(): Promise<string> {
    this.running.process.kill('SIGTERM');
    return (await this.running.ended).stderr;
  }
}
