import { createPrivateKey } from 'node:crypto';
import { Value } from 'typebox/value';
import { errorMessage, SetupError } from '../errors.ts';
import { salesforceOrigin } from '../salesforce/hosts.ts';
import { hashSecret, makeClientId, makeSecret } from './apiClient.ts';
import { credentialOf, KINDS, type Credential, type CredentialKind } from './credential.ts';

/** A credential cannot be kept as it was given, or there is none of the name. */
export class CredentialError extends SetupError {
  override readonly name = 'CredentialError';
}

/** A credential as a person gives it; which parts it needs depends on its kind. */
export interface CredentialDraft {
  readonly name: string;
  readonly kind: CredentialKind;
  /** The My Domain URL. */
  readonly loginUrl?: string | undefined;
  readonly clientId?: string | undefined;
  readonly username?: string | undefined;
  readonly alias?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Client secret, private key (PEM) or API secret; of an apiClient made up when left out. */
  readonly secret?: string | undefined;
}

/** A credential that can be kept. */
export interface CheckedDraft {
  readonly credential: Credential;
  /** The secret of an apiClient that was made up: to be shown once. */
  readonly madeSecret: string | undefined;
}

export const NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;
const CLIENT_ID = /^[A-Za-z0-9._~-]{1,80}$/;
const LEAST_SECRET = 16;

/**
 * The credential that a draft describes.
 *
 * @throws {CredentialError} naming what is missing, too much or wrong
 */
export async function checkDraft(draft: CredentialDraft): Promise<CheckedDraft> {
  const { name, kind } = draft;
  if (!NAME_PATTERN.test(name)) {
    const takes = 'up to 80 letters, digits, . _ and -, with a letter or digit first';
    throw new CredentialError(`A credential cannot have the name ${JSON.stringify(name)}. It takes ${takes}.`);
  }
  const made = kind === 'apiClient' && draft.secret === undefined ? makeSecret() : undefined;
  const publicData = publicDataOf(kind === 'apiClient' ? { clientId: makeClientId(), ...given(draft) } : given(draft));
  const secret = await secretOf(kind, name, made ?? draft.secret);
  return { credential: credentialOf(kind, name, publicData, secret), madeSecret: made };

  function publicDataOf(parts: Record<string, string>): Credential['publicData'] {
    checkParts(kind, name, parts);
    if (kind === 'apiClient' && !CLIENT_ID.test(parts['clientId'] ?? '')) {
      throw new CredentialError('A client id takes up to 80 letters, digits, . _ ~ and -. Choose another.');
    }
    const { loginUrl } = parts;
    const origin = loginUrl === undefined ? {} : { loginUrl: salesforceOrigin(loginUrl, 'The login URL') };
    return { ...parts, ...origin } as Credential['publicData'];
  }
}

/** The parts that are not secret, as far as they were given. */
function given(draft: CredentialDraft): Record<string, string> {
  const { name: _name, kind: _kind, secret: _secret, ...parts } = draft;
  const entries = Object.entries(parts) as Array<[string, string | undefined]>;
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function checkParts(kind: CredentialKind, name: string, parts: Record<string, string>): void {
  const shape = KINDS[kind].publicData;
  const wanted = Object.keys(shape.properties);
  const missing = wanted.filter((part) => !parts[part]);
  const strange = Object.keys(parts).filter((part) => !wanted.includes(part));
  const text = [
    ...(missing.length > 0 ? [`lacks ${flags(missing)}`] : []),
    ...(strange.length > 0 ? [`has no use for ${flags(strange)}`] : []),
  ].join(' and ');
  if (text === '' && Value.Check(shape, parts)) return;
  throw new CredentialError(`The credential ${name} ${text}. See: m3ter-bills help credential add`);
}

/** The parts of a draft as the command line calls them, such as --login-url. */
function flags(parts: readonly string[]): string {
  return parts.map((part) => `--${part.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`).join(', ');
}

/**
 * The secret in the form in which the vault keeps it.
 *
 * @throws {CredentialError} when there is none, or it cannot be one
 */
export async function secretOf(
  kind: CredentialKind,
  name: string,
  secret: string | undefined,
): Promise<Credential['secret']> {
  if (kind === 'sfCli') {
    if (secret === undefined) return {};
    throw new CredentialError(`The credential ${name} has no secret: the Salesforce CLI signs in. Leave it out.`);
  }
  if (!secret)
    throw new CredentialError(`The secret of the credential ${name} is missing. Give it on stdin or in a file.`);
  if (kind === 'clientCredentials') return { clientSecret: secret };
  if (kind === 'm3terServiceUser') return { apiSecret: secret };
  if (kind === 'jwtBearer') return { privateKey: checkedPrivateKey(name, secret) };
  if (secret.length >= LEAST_SECRET) return { hash: await hashSecret(secret) };
  throw new CredentialError(`The secret of ${name} has fewer than ${LEAST_SECRET} characters. Choose a longer one.`);
}

function checkedPrivateKey(name: string, pem: string): string {
  let type: string | undefined;
  try {
    type = createPrivateKey(pem).asymmetricKeyType;
  } catch (error) {
    throw new CredentialError(
      `The private key of ${name} cannot be read (${errorMessage(error)}). Give an RSA key in PEM without passphrase.`,
    );
  }
  if (type === 'rsa') return pem;
  throw new CredentialError(`The private key of ${name} is ${type}, which Salesforce does not take. Give an RSA key.`);
}
