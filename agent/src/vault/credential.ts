import Type, { type Static, type TSchema } from 'typebox';
import { concealed } from './concealed.ts';

const text = Type.String({ minLength: 1 });
const shape = <T extends Type.TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false });

interface KindRow {
  readonly destination: 'SALESFORCE' | 'M3TER' | 'AGENT';
  /** What may be shown. */
  readonly publicData: TSchema;
  readonly secret: TSchema;
  /** What it is, in words. */
  readonly says: string;
}

/** The kinds of credentials, and what each is made of. */
export const KINDS = {
  clientCredentials: {
    destination: 'SALESFORCE',
    publicData: shape({ loginUrl: text, clientId: text }),
    secret: shape({ clientSecret: text }),
    says: 'Salesforce, OAuth client credentials: the My Domain URL, the consumer key and its secret',
  },
  jwtBearer: {
    destination: 'SALESFORCE',
    publicData: shape({ loginUrl: text, clientId: text, username: text }),
    /** PEM */
    secret: shape({ privateKey: text }),
    says: 'Salesforce, OAuth JWT bearer: the My Domain URL, the consumer key, the user and the private key',
  },
  sfCli: {
    destination: 'SALESFORCE',
    publicData: shape({ alias: text }),
    secret: shape({}),
    says: 'Salesforce, an org that the Salesforce CLI is signed in to: its alias or user name',
  },
  m3terServiceUser: {
    destination: 'M3TER',
    publicData: shape({ apiKey: text }),
    secret: shape({ apiSecret: text }),
    says: 'm3ter, a Service User: the access key id and its secret',
  },
  apiClient: {
    destination: 'AGENT',
    publicData: shape({ clientId: text }),
    /** Salt and scrypt hash, never the client's secret itself. */
    secret: shape({ hash: text }),
    says: "a client of the agent's Integrations API: its id and its secret",
  },
} as const satisfies Record<string, KindRow>;

type Kinds = typeof KINDS;
export type CredentialKind = keyof Kinds;
export type Destination = Kinds[CredentialKind]['destination'];

export type CredentialOf<K extends CredentialKind> = {
  [Kind in K]: {
    readonly name: string;
    readonly kind: Kind;
    readonly destination: Kinds[Kind]['destination'];
    readonly publicData: Readonly<Static<Kinds[Kind]['publicData']>>;
    /** Concealed: loggers show `[secret]`. */
    readonly secret: Readonly<Static<Kinds[Kind]['secret']>>;
  };
}[K];

/** By what the agent signs in, or by what somebody signs in to the agent. */
export type Credential = CredentialOf<CredentialKind>;
export type SalesforceCredential = CredentialOf<'clientCredentials' | 'jwtBearer' | 'sfCli'>;

export type CredentialSource = 'vault' | 'environment';

/** A credential without its secret. */
export interface CredentialInfo {
  readonly name: string;
  readonly kind: CredentialKind;
  readonly destination: Destination;
  readonly details: Readonly<Record<string, string>>;
  readonly source: CredentialSource;
  readonly createdAt: Date | null;
  readonly rotatedAt: Date | null;
}

/** A credential whose secret does not print itself. */
export function credentialOf<K extends CredentialKind>(
  kind: K,
  name: string,
  publicData: CredentialOf<K>['publicData'],
  secret: CredentialOf<K>['secret'],
): CredentialOf<K> {
  const { destination } = KINDS[kind];
  return { name, kind, destination, publicData, secret: concealed({ ...secret }) };
}
