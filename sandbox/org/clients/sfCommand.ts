import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from '../testServer.ts';
import { toolEnvironment } from './sfHome.ts';

const SF = inRepository('node_modules/@salesforce/cli/bin/run.js');
/** More than any of them takes on a busy machine; a hang would stop all else. */
const LONGEST_MS = 120_000;

export interface SfAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

/** What `--json` prints. */
export interface SfJson {
  status: number;
  /** Of a failure: the error's name and message. */
  name?: string;
  message?: string;
  data?: unknown;
  result: unknown;
}

/** The real `sf` command, with a home of its own. */
export class SfCommand {
  readonly home: string;
  private readonly environment: Record<string, string>;

  constructor(home: string, environment: Record<string, string> = {}) {
    this.home = home;
    this.environment = { ...toolEnvironment(home), PATH: process.env['PATH'] ?? '', ...environment };
  }

  /** Runs it in its home folder; a failure shows in the exit code. */
  run(...args: string[]): Promise<SfAnswer> {
    const options = { cwd: this.home, env: this.environment, timeout: LONGEST_MS };
    return new Promise((resolve, reject) => {
      execFile(process.execPath, ['--no-deprecation', SF, ...args], options, (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code === 'number') resolve({ code, stdout, stderr });
        else reject(new Error(`sf ${args.join(' ')} did not end by itself`, { cause: error }));
      });
    });
  }

  /** Runs it with `--json`. Throws what it says when it fails. */
  async json<T = unknown>(...args: string[]): Promise<T> {
    const answer = await this.anyJson(...args);
    if (answer.status === 0) return answer.result as T;
    throw new Error(`sf ${args.join(' ')} failed: ${answer.name}: ${answer.message}`);
  }

  /** Runs it with `--json`, whatever comes of it. */
  async anyJson(...args: string[]): Promise<SfJson> {
    const { stdout, stderr } = await this.run(...args, '--json');
    try {
      return JSON.parse(stdout) as SfJson;
    } catch (error) {
      throw new Error(`sf ${args.join(' ')} printed no JSON: ${stdout}${stderr}`, { cause: error });
    }
  }

  /** Writes a file into its home folder. */
  write(name: string, content: string): void {
    writeFileSync(path.join(this.home, name), content, { mode: 0o600 });
  }
}
