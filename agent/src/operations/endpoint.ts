import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Value } from 'typebox/value';
import Type, { type Static } from 'typebox';

const FILE = 'agent.endpoint.json';

const Endpoint = Type.Object({ url: Type.String(), token: Type.String(), processId: Type.Integer() });

/** Where a running agent takes operations, and by which token. */
export type Endpoint = Static<typeof Endpoint>;

/** Tells commands on this machine where the agent takes operations; only the owner can read the token. */
export function writeEndpoint(folder: string, endpoint: Endpoint): void {
  const file = path.join(folder, FILE);
  // Made beside and moved: nobody reads half of it, and an older file's mode does not stay.
  writeFileSync(`${file}.new`, JSON.stringify(endpoint), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The endpoint that an agent wrote, or undefined; the agent may be gone without having taken it away. */
export function readEndpoint(folder: string): Endpoint | undefined {
  try {
    const found: unknown = JSON.parse(readFileSync(path.join(folder, FILE), 'utf8'));
    return Value.Check(Endpoint, found) ? found : undefined;
  } catch {
    return undefined;
  }
}

export function removeEndpoint(folder: string): void {
  rmSync(path.join(folder, FILE), { force: true });
}
