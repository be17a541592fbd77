import { type Argument, type Command, given as only } from '../command.ts';
import { EXIT, type ExitCode } from '../context.ts';
import { CREDENTIAL_TYPES } from '../credentialTypes.ts';
import type { CredentialTest } from '../../operations/shapes.ts';
import { readSecret, SECRET_FLAG } from '../secretInput.ts';
import { credentialsText } from '../text/credentialText.ts';
import { testText } from '../text/integrationText.ts';
import { UsageError } from '../usageError.ts';

const NAME: Argument = { name: 'NAME', says: "The agent's name of the credential" };

export const credentialList: Command = {
  name: 'credential list',
  summary: 'Every credential that the agent knows, without secrets',
  args: [],
  flags: {},
  about: 'Lists the credentials of the vault and those that come from the environment. Secrets are never shown.',
  examples: ['credential list'],
  async run(_given, tools) {
    const output = await tools.call('credentials', {});
    tools.show(output, ({ credentials }, now) => credentialsText(credentials, now));
    return EXIT.good;
  },
};

export const credentialAdd: Command = {
  name: 'credential add',
  summary: 'Keep a credential for an org or for m3ter, encrypted, and test it',
  args: [NAME],
  flags: {
    type: { value: 'TYPE', says: `Required: ${Object.keys(CREDENTIAL_TYPES).join(', ')}` },
    'login-url': { value: 'URL', says: 'client-credentials, jwt-bearer: https://NAME.my.salesforce.com' },
    'client-id': {
      value: 'ID',
      says: 'client-credentials, jwt-bearer: the consumer key; api-client: made up if not given',
    },
    username: { value: 'USER', says: 'jwt-bearer: the user who signs in' },
    alias: { value: 'ALIAS', says: 'sf: the alias or user that the Salesforce CLI is signed in to' },
    'api-key': { value: 'ID', says: 'm3ter: the access key id of the Service User' },
    'secret-file': SECRET_FLAG,
  },
  about: `The secret comes from stdin or from --secret-file, never from an argument. It is kept encrypted in the agent's store and
never shown again; Salesforce is told the name, type and status only.

  client-credentials  An External Client App of the org that may sign in by client credentials: its secret
  jwt-bearer          The same by a signed assertion: the private key, PEM
  sf                  An org that the Salesforce CLI on this machine is signed in to, for scratch orgs: no secret
  m3ter               Access key and secret of a m3ter Service User
  api-client          Somebody who may use the agent's Integrations API; its secret is made up and shown once`,
  examples: [
    'credential add production --type client-credentials --login-url https://acme.my.salesforce.com --client-id 3MVG9 --secret-file secret',
    'credential add scratch --type sf --alias my-scratch',
    'credential add m3ter --type m3ter --api-key AKID < secret',
  ],
  async run(given, tools) {
    const choice = typeOf(given.flag('type'));
    const secret =
      choice.secret === null
        ? undefined
        : await readSecret(given, { what: choice.secret, command: 'credential add' }, tools.context);
    const output = await tools.call('addCredential', {
      name: given.word('NAME'),
      type: choice.type,
      ...only({
        loginUrl: given.flag('login-url'),
        clientId: given.flag('client-id'),
        username: given.flag('username'),
        alias: given.flag('alias'),
        apiKey: given.flag('api-key'),
        secret,
      }),
    });
    tools.show(output, ({ credential, test, madeSecret }) => {
      const kept = `Credential ${credential.name} is kept.`;
      return [kept, ...secretText(credential.details['clientId'], madeSecret), ...(test ? [testText(test)] : [])].join(
        '\n',
      );
    });
    return output.test ? exitCodeOfTest(output.test) : EXIT.good;
  },
};

export const credentialTest: Command = {
  name: 'credential test',
  summary: 'Sign in with a credential',
  args: [NAME],
  flags: {},
  about: 'Signs in to the org or to m3ter and says what was found. Exit code 3 when the credential is refused.',
  examples: ['credential test production'],
  async run(given, tools) {
    const test = await tools.call('testCredential', { credential: given.word('NAME') });
    tools.show(test, testText);
    return exitCodeOfTest(test);
  },
};

export const credentialRotate: Command = {
  name: 'credential rotate',
  summary: 'Replace the secret of a credential',
  args: [NAME],
  flags: {
    'secret-file': SECRET_FLAG,
    'api-key': { value: 'ID', says: 'm3ter: the new access key id, when it changed too' },
    generate: { says: 'api-client: make up a new secret and show it once' },
  },
  about: `Signs in with the new secret first and keeps the old one when that is refused. Work that is under way is not disturbed;
the agent uses the new secret from its next sign-in on.`,
  examples: ['credential rotate production --secret-file new-secret', 'credential rotate partner --generate'],
  async run(given, tools) {
    const secret = given.isSet('generate')
      ? undefined
      : await readSecret(given, { what: 'new secret', command: 'credential rotate' }, tools.context);
    const input = { name: given.word('NAME'), ...only({ secret, apiKey: given.flag('api-key') }) };
    const output = await tools.call('rotateCredential', input);
    tools.show(output, ({ credential, madeSecret }) => {
      return [`Credential ${credential.name} has a new secret.`, ...secretText(undefined, madeSecret)].join('\n');
    });
    return EXIT.good;
  },
};

export const credentialRemove: Command = {
  name: 'credential remove',
  summary: 'Forget a credential',
  args: [NAME],
  flags: { force: { says: 'Even when an enabled integration uses it' } },
  about: 'Takes the credential and its secret out of the store. Refused while an enabled integration uses it.',
  examples: ['credential remove scratch'],
  async run(given, tools) {
    const force = given.isSet('force');
    const output = await tools.call('removeCredential', { name: given.word('NAME'), ...(force ? { force } : {}) });
    tools.show(output, ({ removed }) => `Credential ${removed} is forgotten.`);
    return EXIT.good;
  },
};

function typeOf(text: string | undefined): (typeof CREDENTIAL_TYPES)[keyof typeof CREDENTIAL_TYPES] {
  const found = Object.entries(CREDENTIAL_TYPES).find(([name]) => name === text);
  if (found) return found[1];
  const why = text === undefined ? 'credential add needs --type.' : `--type ${text} is not a type of credential.`;
  throw new UsageError(`${why} Types: ${Object.keys(CREDENTIAL_TYPES).join(', ')}.`, 'm3ter-bills help credential add');
}

function secretText(clientId: string | undefined, secret: string | null): string[] {
  if (secret === null) return [];
  return [...(clientId === undefined ? [] : [`Client id: ${clientId}`]), `Client secret, shown only now: ${secret}`];
}

function exitCodeOfTest({ status }: CredentialTest): ExitCode {
  return { working: EXIT.good, rejected: EXIT.authentication, failed: EXIT.failed }[status];
}
