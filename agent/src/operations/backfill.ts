import type { Engine } from './engine.ts';
import { OperationError } from './errors.ts';
import { allIntegrations, findIntegration, refOf, type Found, type IntegrationChoice } from './find.ts';
import type { Caller, OperationInput, OperationOutput, Operations } from './operations.ts';

/** Sending the Bills of a range of dates. */
export function backfillOperations(engine: Engine): Pick<Operations, 'backfill' | 'pauseBackfill'> {
  return {
    backfill: (input, caller) => backfill(engine, input, caller),
    pauseBackfill: async (input) => {
      const found = await chosenIntegration(engine, input);
      return { integration: found.integration.name, wasRunning: await engine.pauseBackfill(refOf(found)) };
    },
  };
}

async function backfill(
  engine: Engine,
  { from, to, preview, way = 'any', ...choice }: OperationInput<'backfill'>,
  caller?: Caller,
): Promise<OperationOutput<'backfill'>> {
  for (const [name, date] of Object.entries({ from, to })) checkDate(name, date);
  if (from > to) throw wrong(`The range ends on ${to}, before it begins on ${from}.`);
  const found = await chosenIntegration(engine, choice);
  const result = await engine.backfill(refOf(found), { from, to }, preview ? 'preview' : way, caller);
  const states = engine.knownOrgs().flatMap((state) => ('org' in state ? [state.org] : []));
  const usage = states.find(({ orgId }) => orgId === found.org.orgId)?.connection.usage;
  const callsLeft = usage === undefined ? null : Math.max(0, usage.budget - usage.used);
  return { integration: found.integration.name, callsLeft, ...result };
}

/** A date such as 2026-02-30 would silently be another one. */
function checkDate(name: string, date: string): void {
  const instant = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(date)) {
    throw wrong(`${name}: ${date} is not a day of the calendar. Give YYYY-MM-DD.`);
  }
}

async function chosenIntegration(engine: Engine, { integration, org }: IntegrationChoice): Promise<Found> {
  const ofOrg = org === undefined ? {} : { org };
  if (integration !== undefined) return findIntegration(engine, { integration, ...ofOrg });
  const enabled = (await allIntegrations(engine, ofOrg)).filter((found) => found.integration.enabled);
  const [first, second] = enabled;
  if (!first)
    throw new OperationError('NOT_FOUND', 'No integration is enabled.', 'm3ter-bills integration list', 'usage');
  if (!second) return first;
  const names = enabled.map((found) => found.integration.name).join(', ');
  throw wrong(`${enabled.length} integrations are enabled: ${names}. Name one with --integration.`);
}

function wrong(message: string): OperationError {
  return new OperationError('WRONG_INPUT', message, 'm3ter-bills help backfill', 'usage');
}
