/** The types of credentials as people type and read them: what the operation calls them, and what their secret is. */
export const CREDENTIAL_TYPES = {
  'client-credentials': { type: 'clientCredentials', secret: 'client secret' },
  'jwt-bearer': { type: 'jwtBearer', secret: 'private key (PEM)' },
  sf: { type: 'sfCli', secret: null },
  m3ter: { type: 'm3terServiceUser', secret: 'API secret' },
  'api-client': { type: 'apiClient', secret: null },
} as const;

/** The word for a type as the operation calls it, such as `sf` for sfCli. */
export function typeWord(type: string): string {
  return Object.entries(CREDENTIAL_TYPES).find(([, each]) => each.type === type)?.[0] ?? type;
}
