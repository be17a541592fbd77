import type { FastifyRequest } from 'fastify';

export interface WorkbenchUser {
  alias: string;
  name: string;
  accessToken: string;
  /** By API name; they say which tabs the user has. */
  permissionSets: readonly string[];
}

const COOKIE = 'workbench-user';

/** The user whom the cookie names, else the first one. */
export function signedIn<User extends WorkbenchUser>(request: FastifyRequest, users: User[]): User {
  const alias = new RegExp(`(?:^|; )${COOKIE}=(\\w+)`).exec(request.headers.cookie ?? '')?.[1];
  const user = users.find((one) => one.alias === alias) ?? users[0];
  if (user === undefined) throw new Error('The org has no users. Start it with at least one.');
  return user;
}

/** The cookie that keeps a user; no script and no other site gets it. */
export const cookieFor = (user: WorkbenchUser): string => `${COOKIE}=${user.alias}; Path=/; HttpOnly; SameSite=Strict`;
