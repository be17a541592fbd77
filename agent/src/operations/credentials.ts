import type { Credential as KeptCredential, CredentialInfo } from '../vault/credential.ts';
import type { Credentials } from '../vault/credentials.ts';
import type { CredentialDesk } from './credentialDesk.ts';
import type { Engine } from './engine.ts';
import { OperationError } from './errors.ts';
import { iso } from './iso.ts';
import type { OperationInput, OperationOutput, Operations } from './operations.ts';
import type { Credential, CredentialTest } from './shapes.ts';

interface Parts {
  readonly engine: Engine;
  readonly credentials: Credentials;
  readonly desk: CredentialDesk;
}

type Names = 'credentials' | 'addCredential' | 'testCredential' | 'rotateCredential' | 'removeCredential';

/** What people do with credentials. Secrets go in and never come out, but for those that are made up: once. */
export function credentialOperations(parts: Parts): Pick<Operations, Names> {
  const { credentials, desk } = parts;
  return {
    credentials: async () => ({ credentials: (await credentials.list()).map(describe) }),
    testCredential: ({ credential }) => desk.test(credential),
    addCredential: (input) => add(parts, input),
    rotateCredential: (input) => rotate(parts, input),
    removeCredential: (input) => remove(parts, input),
  };
}

/** A new credential is kept even when the test fails: it may be what the org has yet to be set up for. */
async function add(
  { credentials, desk }: Parts,
  { type: kind, ...draft }: OperationInput<'addCredential'>,
): Promise<OperationOutput<'addCredential'>> {
  const { info, madeSecret } = await credentials.add({ ...draft, kind });
  const test = kind === 'apiClient' ? null : await desk.test(info.name);
  return { credential: describe(info), test, madeSecret: madeSecret ?? null };
}

/** The old secret stays when the new one does not work. */
async function rotate(
  { credentials, desk }: Parts,
  { name, secret, apiKey }: OperationInput<'rotateCredential'>,
): Promise<OperationOutput<'rotateCredential'>> {
  let test: CredentialTest | null = null;
  const check = async (credential: KeptCredential): Promise<void> => {
    if (credential.kind === 'apiClient') return;
    test = await desk.try(credential);
    if (test.status !== 'working') throw refused(name, test);
  };
  const { info, madeSecret } = await credentials.rotate(name, { secret, apiKey }, check);
  if (test) await desk.publish(name, test);
  return { credential: describe(info), test, madeSecret: madeSecret ?? null };
}

function refused(name: string, { status, message }: CredentialTest): OperationError {
  return new OperationError(
    'CONNECTION_TEST_FAILED',
    `The new secret of ${name} does not work, so the old one is kept: ${message}`,
    `m3ter-bills credential rotate ${name}`,
    status === 'rejected' ? 'authentication' : 'failed',
  );
}

async function remove(
  { engine, credentials, desk }: Parts,
  { name, force = false }: OperationInput<'removeCredential'>,
): Promise<OperationOutput<'removeCredential'>> {
  const info = (await credentials.list()).find((each) => each.name === name);
  await credentials.remove(name, force ? [] : await usersOf(engine, name));
  if (info) await desk.publishRemoval(info);
  return { removed: name };
}

/** Names of the enabled integrations that use a credential, in the orgs that can be asked. */
async function usersOf(engine: Engine, name: string): Promise<string[]> {
  const orgs = (await engine.orgs()).flatMap((state) => ('org' in state ? [state.org] : []));
  const lists = await Promise.all(orgs.map(({ control }) => control.readIntegrations()));
  return lists
    .flat()
    .flatMap(({ name: integration, enabled, credentialKey }) =>
      enabled && credentialKey === name ? [integration] : [],
    );
}

function describe({ name, kind, destination, details, source, createdAt, rotatedAt }: CredentialInfo): Credential {
  return {
    name,
    type: kind,
    destination,
    details: { ...details },
    source,
    createdAt: iso(createdAt),
    rotatedAt: iso(rotatedAt),
  };
}
