/** The keys that the environment gives, in base64; concealed. */
export interface VaultKeys {
  readonly current: string | undefined;
  /** Reads rows that were encrypted before a change of keys. */
  readonly previous: string | undefined;
}

/** Bytes of an AES-256 key. */
const KEY_BYTES = 32;

/** What is wrong with the text of a key, or undefined. */
export function vaultKeyProblem(text: string): string | undefined {
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  if (isBase64 && Buffer.from(text, 'base64').length === KEY_BYTES) return undefined;
  return `is not ${KEY_BYTES} bytes in base64. Make one: openssl rand -base64 ${KEY_BYTES}`;
}
