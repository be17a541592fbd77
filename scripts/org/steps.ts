/** What the Salesforce CLI is asked to do, as lists of commands. */

/** One command of the Salesforce CLI. */
export interface Step {
  /** What it does, for the person who waits. */
  readonly say: string;
  /** What follows `sf`. */
  readonly args: readonly string[];
}

export interface OrgPlan {
  /** Which of config/*-scratch-def.json. */
  readonly definition: string;
  readonly alias: string;
  readonly days: number;
  /** Alias or user name of the Dev Hub; undefined: the default one of the CLI. */
  readonly devHub?: string | undefined;
  /** Path of the plan of the sample data; undefined: no data. */
  readonly dataPlan?: string | undefined;
  readonly open: boolean;
}

const PEOPLE_SETS = ['M3ter_Integration_Admin', 'M3ter_Finance_User'];
/** Writes Bills; in a scratch org somebody has to, before an agent is connected. */
const WRITER_SET = 'M3ter_Sync_Agent';

const MINUTES = { create: '15', deploy: '30', install: '30', version: '90' } as const;

const flag = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [`--${name}`, value]);
const assign = (names: readonly string[], org: string): string[] => [
  ...['org', 'assign', 'permset'],
  ...names.flatMap((name) => ['--name', name]),
  ...['--target-org', org],
];

function createScratchOrg({ definition, alias, days, devHub }: Omit<OrgPlan, 'open' | 'dataPlan'>): Step {
  const file = `config/${definition}-scratch-def.json`;
  return {
    say: `Creating the scratch org ${alias} from ${file} for ${days} days`,
    args: [
      ...['org', 'create', 'scratch', '--definition-file', file, '--alias', alias],
      ...['--duration-days', String(days), '--wait', MINUTES.create, '--no-track-source'],
      ...flag('target-dev-hub', devHub),
    ],
  };
}

/** A scratch org with the package's sources, somebody who may use them, and sample data. */
export function orgSteps(plan: OrgPlan): Step[] {
  const { alias, dataPlan, open } = plan;
  const org = ['--target-org', alias];
  const sources = ['--source-dir', 'force-app', '--source-dir', 'unpackaged'];
  return [
    createScratchOrg(plan),
    {
      say: 'Deploying the package',
      args: ['project', 'deploy', 'start', ...sources, ...org, '--wait', MINUTES.deploy],
    },
    { say: 'Assigning the permission sets for people', args: assign(PEOPLE_SETS, alias) },
    ...(dataPlan === undefined ? [] : dataSteps(dataPlan, alias)),
    ...(open ? [{ say: 'Opening the org', args: ['org', 'open', ...org, '--path', '/lightning/n/M3ter_Bills'] }] : []),
  ];
}

/** Loads the sample data with the right to write Bills, which nobody keeps. */
export function dataSteps(dataPlan: string, alias: string): Step[] {
  const org = ['--target-org', alias];
  const assignment = ['--sobject', 'PermissionSetAssignment', '--where', `PermissionSet.Name=${WRITER_SET}`];
  return [
    { say: 'Lending the right to write Bills', args: assign([WRITER_SET], alias) },
    { say: 'Loading Accounts, Bills and Line Items', args: ['data', 'import', 'tree', '--plan', dataPlan, ...org] },
    { say: 'Taking the right to write Bills back', args: ['data', 'delete', 'record', ...assignment, ...org] },
  ];
}

export interface NewVersion {
  readonly package: string;
  readonly devHub?: string | undefined;
}

/** A beta of the package that whoever has its link may install. The CLI writes its id (04t...) into the project file that it runs beside. */
export function createVersionSteps({ package: name, devHub }: NewVersion): Step[] {
  return [
    {
      say: `Creating a version of ${name}`,
      args: [
        ...['package', 'version', 'create', '--package', name, '--code-coverage', '--installation-key-bypass'],
        ...['--wait', MINUTES.version, ...flag('target-dev-hub', devHub)],
      ],
    },
  ];
}

export interface GivenVersion {
  /** The id of the version (04t...) or its alias. */
  readonly version: string;
  readonly devHub?: string | undefined;
  /** Namespace of the package; empty without one. */
  readonly namespace: string;
}

const VERIFY_ORG = 'm3ter-bills-verify';

/** Installs a version into a fresh org and deletes that org. */
export function verifyVersionSteps({ version, devHub, namespace }: GivenVersion): Step[] {
  const org = ['--target-org', VERIFY_ORG];
  const prefix = namespace === '' ? '' : `${namespace}__`;
  return [
    createScratchOrg({ definition: 'baseline', alias: VERIFY_ORG, days: 1, devHub }),
    {
      say: `Installing ${version}`,
      args: [
        ...['package', 'install', '--package', version, ...org, '--no-prompt'],
        ...['--wait', MINUTES.install, '--publish-wait', MINUTES.install],
      ],
    },
    {
      say: 'Assigning its permission sets',
      args: assign(
        PEOPLE_SETS.map((name) => prefix + name),
        VERIFY_ORG,
      ),
    },
    { say: 'Deleting the org', args: ['org', 'delete', 'scratch', ...org, '--no-prompt'] },
  ];
}

/** Makes a version that was verified installable in production. It cannot be taken back. */
export function promoteVersionSteps({ version, devHub }: Pick<GivenVersion, 'version' | 'devHub'>): Step[] {
  const args = ['package', 'version', 'promote', '--package', version, '--no-prompt'];
  return [{ say: `Promoting ${version}`, args: [...args, ...flag('target-dev-hub', devHub)] }];
}
