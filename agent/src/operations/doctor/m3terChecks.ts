import type { Engine } from '../engine.ts';
import type { Check } from '../shapes.ts';
import { clockCheck, fail, pass } from './findings.ts';
import type { OrgCheckOptions } from './orgChecks.ts';

/** Whether m3ter answers and lets the Service User do what the agent needs. */
export async function m3terChecks(
  m3ter: Pick<Engine['m3ter'], 'probe'>,
  baseUrl: string,
  { now, dateOf }: OrgCheckOptions,
): Promise<Check[]> {
  const permissions = await m3ter.probe();
  return [
    ...permissions.map(({ what, error }) =>
      error === undefined
        ? pass('m3ter.permissions', `may read ${what}`)
        : fail('m3ter.permissions', error, 'Give the Service User in m3ter the permission config:retrieve'),
    ),
    clockCheck('m3ter.clock', baseUrl, await dateOf(baseUrl), now()),
  ];
}
