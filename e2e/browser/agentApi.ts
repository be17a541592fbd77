import assert from 'node:assert/strict';
import type { World } from './world.ts';

/** Writes a record of the org as the agent's user, POST to `Object`, PATCH to `Object/id`; gives the id of a new one. */
export async function writeRecord(
  { org }: World,
  method: 'POST' | 'PATCH',
  path: string,
  fields: Record<string, unknown>,
): Promise<string> {
  const token = org.users.find(({ alias }) => alias === 'agent')?.accessToken;
  const response = await fetch(`${org.instanceUrl}/services/data/v67.0/sobjects/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  });
  const text = await response.text();
  assert.ok(response.ok, text);
  return text === '' ? '' : String((JSON.parse(text) as { id?: string }).id);
}
