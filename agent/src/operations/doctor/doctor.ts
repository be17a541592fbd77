import type { Settings } from '../../config/load.ts';
import { errorMessage } from '../../errors.ts';
import type { Store } from '../../store/types.ts';
import type { Credentials } from '../../vault/credentials.ts';
import type { Engine, OrgState } from '../engine.ts';
import type { OperationOutput } from '../operations.ts';
import type { Check } from '../shapes.ts';
import { fail, guarded } from './findings.ts';
import { m3terChecks } from './m3terChecks.ts';
import { orgChecks, type OrgCheckOptions } from './orgChecks.ts';
import { nodeCheck, pathChecks, settingsChecks, storeChecks, vaultChecks } from './processChecks.ts';

/** What could be opened; what could not is the reason. Later parts need the ones before them. */
export interface DoctorParts extends OrgCheckOptions {
  readonly nodeVersion: string;
  readonly settings: Settings | Error;
  readonly store: Store | Error;
  readonly credentials: Credentials | undefined;
  readonly engine: Engine | undefined;
}

/** Checks everything that can be checked with what could be opened. Writes nothing. */
export async function examine(parts: DoctorParts): Promise<OperationOutput<'doctor'>> {
  const { settings, store, credentials, engine } = parts;
  const checks: Check[] = [nodeCheck(parts.nodeVersion), ...settingsChecks(settings)];
  if (!(settings instanceof Error)) {
    checks.push(...(await storeChecks(store)), ...pathChecks(settings));
    if (credentials) {
      checks.push(...(await guarded('vault', null, 'm3ter-bills credential list', () => vaultChecks(credentials))));
    }
    if (engine) {
      const m3ter = () => m3terChecks(engine.m3ter, settings.m3terBaseUrl, parts);
      checks.push(...(await guarded('m3ter', settings.m3terBaseUrl, 'Check M3TER_BASE_URL and the credential', m3ter)));
      const orgs = await guarded('org', null, 'm3ter-bills credential list', () => allOrgs(engine, parts));
      checks.push(...orgs);
    }
  }
  return { isGood: checks.every(({ outcome }) => outcome !== 'fail'), checks };
}

async function allOrgs(engine: Engine, options: OrgCheckOptions): Promise<Check[]> {
  const states = await engine.orgs();
  if (states.length === 0) {
    return [fail('org.connection', 'there is no credential for an org', 'm3ter-bills help credential add')];
  }
  return (await Promise.all(states.map((state) => oneOrg(state, options)))).flat();
}

async function oneOrg(state: OrgState, options: OrgCheckOptions): Promise<Check[]> {
  const { credentialName: name } = state;
  if ('org' in state) return orgChecks(state.org, options);
  return [fail('org.connection', errorMessage(state.error), `m3ter-bills credential test ${name}`, name)];
}
