import type { Flag, Given } from '../command.ts';

export const ORG_FLAG: Flag = {
  value: 'ORG',
  says: 'The org, by id or by its credential; where a name fits integrations of several orgs',
};

export const INTEGRATION_FLAG: Flag = { value: 'NAME', says: 'Only this integration, by name or record id' };

export const LIMIT_FLAG: Flag = { value: 'COUNT', says: 'Show at most so many (50)' };

export const SINCE_FLAG: Flag = { value: 'TIME', says: 'Not older than this, such as 2026-11-22 or 2026-11-22T12:00Z' };

/** The flags that choose integrations. */
export function choice(given: Given) {
  return { integration: given.flag('integration'), org: given.flag('org') };
}
