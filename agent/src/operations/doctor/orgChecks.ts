import { errorMessage } from '../../errors.ts';
import type { ConfiguredIntegration } from '../../salesforce/controlPlane.ts';
import { excessRights } from '../../salesforce/organization.ts';
import { queryAll, quote } from '../../salesforce/soql.ts';
import type { OrgAccess } from '../engine.ts';
import type { Check } from '../shapes.ts';
import { clockCheck, fail, guarded, pass, warn } from './findings.ts';
import { comparePermissions, NEEDS, writableOthers, type ObjectDescription } from './permissions.ts';

export interface OrgCheckOptions {
  readonly now: () => Date;
  /** The time that a server tells, by its Date header. */
  readonly dateOf: (url: string) => Promise<Date | undefined>;
}

const SHOWN = 8;

/** Everything about one org that the agent is signed in to. */
export async function orgChecks(org: OrgAccess, { now, dateOf }: OrgCheckOptions): Promise<Check[]> {
  const { credentialName, orgId } = org;
  const subject = `${credentialName}, ${orgId}`;
  const doing = (name: string, fix: string, work: () => Promise<Check[]>) => guarded(name, subject, fix, work);
  const parts = await Promise.all([
    doing('org.package', 'Install the package m3ter Bills', () => packageChecks(org, subject)),
    doing('org.permissions', 'Give the user the permission set m3ter Sync Agent', () => permissionChecks(org, subject)),
    doing('org.integrations', 'm3ter-bills integration list', () => integrationChecks(org, subject)),
    doing('org.clock', 'Check the network', async () => {
      const origin = await org.connection.origin();
      return [clockCheck('org.clock', subject, await dateOf(`${origin}/services/data`), now())];
    }),
  ]);
  return [
    pass('org.connection', 'signed in', subject),
    ...parts.flat(),
    timeZoneCheck(org, subject),
    allowanceCheck(org, subject),
  ];
}

async function packageChecks({ names: { prefix }, connection }: OrgAccess, subject: string): Promise<Check[]> {
  if (prefix === '') return [pass('org.package', 'deployed from sources, without namespace', subject)];
  const namespace = prefix.replace(/__$/, '');
  const soql = `SELECT MajorVersion, MinorVersion FROM Publisher WHERE NamespacePrefix = ${quote(namespace)}`;
  const [row] = await queryAll(connection, soql).catch(() => []);
  const version = row ? `version ${String(row['MajorVersion'])}.${String(row['MinorVersion'])}` : 'version not told';
  return [pass('org.package', `namespace ${namespace}, ${version}`, subject)];
}

async function permissionChecks({ names, connection }: OrgAccess, subject: string): Promise<Check[]> {
  const all = (await connection.request('GET', '/sobjects')) as { sobjects: (ObjectDescription & { name: string })[] };
  const visible = new Set(all.sobjects.map(({ name }) => name));
  const wanted = NEEDS.map(({ object }) => names[object].object).filter((name) => visible.has(name));
  const described = await Promise.all(
    wanted.map(async (name): Promise<[string, ObjectDescription]> => [
      name,
      (await connection.request('GET', `/sobjects/${name}/describe`)) as ObjectDescription,
    ]),
  );
  const { missing, excess } = comparePermissions(new Map(described), names);
  const rights = (await excessRights(connection)) ?? [];
  const tooMuch = [
    ...rights.map(({ right, givenBy }) => `${right} (by ${givenBy})`),
    ...excess,
    ...writableOthers(all.sobjects, names).map((name) => `write ${name}`),
  ];
  const name = 'org.permissions';
  return [
    missing.length > 0
      ? fail(name, `the user may not ${few(missing)}`, 'Give the user the permission set m3ter Sync Agent', subject)
      : pass(name, 'the user may do what the agent needs', subject),
    ...(tooMuch.length > 0
      ? [warn(name, `the user may also ${few(tooMuch)}`, 'Give it no other permission set or profile rights', subject)]
      : []),
  ];
}

function few(words: readonly string[]): string {
  const more = words.length - SHOWN;
  return words.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

async function integrationChecks({ control, orgId }: OrgAccess, subject: string): Promise<Check[]> {
  const integrations = await control.readIntegrations();
  if (integrations.length === 0) {
    return [
      warn('org.integrations', 'the org has no integration', 'Make one in Salesforce, app m3ter Integrations', subject),
    ];
  }
  return integrations.flatMap((each) => integrationCheck(each, orgId));
}

function integrationCheck(integration: ConfiguredIntegration, orgId: string): Check[] {
  const { name, enabled, pinnedOrgId, credentialKey, disabledReason, notificationUserIds } = integration;
  const check = 'integration';
  if (pinnedOrgId !== null && pinnedOrgId.slice(0, 15) !== orgId.slice(0, 15)) {
    const fix = `m3ter-bills integration connect "${name}" --credential CREDENTIAL, if it is to work here`;
    return [warn(check, `is pinned to org ${pinnedOrgId}: this looks like a copy`, fix, name)];
  }
  if (!enabled) {
    const fix = `m3ter-bills integration enable "${name}"`;
    return disabledReason === null
      ? [pass(check, 'disabled', name)]
      : [warn(check, `disabled: ${disabledReason}`, fix, name)];
  }
  if (credentialKey === null) {
    return [
      fail(check, 'has no credential', `m3ter-bills integration connect "${name}" --credential CREDENTIAL`, name),
    ];
  }
  const noOne = warn(
    check,
    'nobody is told when it is disabled',
    'Choose users to notify on its page in Salesforce',
    name,
  );
  return [
    pass(check, `enabled, credential ${credentialKey}`, name),
    ...(notificationUserIds.length === 0 ? [noOne] : []),
  ];
}

function timeZoneCheck({ timeZone }: OrgAccess, subject: string): Check {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return pass('org.timeZone', timeZone, subject);
  } catch (error) {
    return fail('org.timeZone', errorMessage(error), 'Install a Node with all time zones (full ICU)', subject);
  }
}

/** From this share of the budget on it is time to look. */
const MUCH = 0.8;

function allowanceCheck({ connection: { usage } }: OrgAccess, subject: string): Check {
  const name = 'org.apiAllowance';
  if (!usage) return warn(name, 'Salesforce has not told it', 'm3ter-bills status', subject);
  const { used, limit, budget } = usage;
  const detail = `${used} of ${limit} calls of the day are used, the agent stops at ${budget}`;
  if (used >= budget) return fail(name, detail, 'Wait for tomorrow, or raise SALESFORCE_API_BUDGET_PERCENT', subject);
  if (used >= budget * MUCH) return warn(name, detail, 'See what else calls the org: Setup, API Usage', subject);
  return pass(name, detail, subject);
}
