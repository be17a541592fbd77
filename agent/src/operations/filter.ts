import {
  FilterEvaluationError,
  FilterSyntaxError,
  parseFilter,
} from '../../../force-app/main/default/lwc/accountFilter/accountFilter.ts';
import { numberText } from '../json/exactJson.ts';
import type { Account } from '../m3ter/resources.ts';
import { decide } from '../rules/gates.ts';
import type { Engine } from './engine.ts';
import { OperationError } from './errors.ts';
import { findIntegration, notFound } from './find.ts';
import type { Caller, OperationInput, OperationOutput } from './operations.ts';

type Rules = Parameters<typeof decide>[2];
type Verdict = { readonly isLetThrough: boolean; readonly reason: string } | { readonly unclear: string };

const DEFAULT_LIMIT = 50;
/** So many values of a custom field are told, so that one can write a filter. */
const MOST_EXAMPLES = 3;

/**
 * Which m3ter Accounts an account filter lets through; of an integration also its lists of Accounts.
 *
 * @throws {OperationError} when the filter does not parse, or m3ter does not have the Account that is asked about
 */
export async function testFilter(
  engine: Engine,
  input: OperationInput<'testFilter'>,
  caller?: Caller,
): Promise<OperationOutput<'testFilter'>> {
  const rules = await rulesOf(engine, input);
  assertParses(rules.accountFilter);
  const found: OperationOutput<'testFilter'> = {
    filter: rules.accountFilter,
    accountsRead: 0,
    matching: 0,
    accounts: [],
    account: null,
    unclear: { count: 0, example: null },
    customFields: [],
  };
  for await (const page of engine.m3ter.listAccounts()) {
    for (const account of page) note(found, account, judge(account, rules), input);
    caller?.onProgress?.({ what: 'Reading Accounts', done: found.accountsRead });
  }
  if (input.account !== undefined && found.account === null) {
    throw notFound('m3ter Account', input.account, 'Give the id or code of an Account in m3ter');
  }
  return found;
}

async function rulesOf(engine: Engine, { filter, integration, org }: OperationInput<'testFilter'>): Promise<Rules> {
  const open = { name: 'this filter', accountIds: [], restrictedAccountIds: [], onlySendBillOnApproval: false };
  if (integration === undefined) return { ...open, accountFilter: filter ?? '' };
  const found = await findIntegration(engine, { integration, ...(org === undefined ? {} : { org }) });
  const { name, accountIds, restrictedAccountIds, accountFilter } = found.integration;
  return { ...open, name, accountIds, restrictedAccountIds, accountFilter: filter ?? accountFilter };
}

/** @throws {OperationError} FILTER_SYNTAX with the position when the account filter does not parse */
export function assertParses(filter: string): void {
  try {
    parseFilter(filter);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    const message = `The filter does not parse at character ${error.position + 1}: ${error.message}`;
    throw new OperationError('FILTER_SYNTAX', message, 'm3ter-bills help filter test', 'usage', { cause: error });
  }
}

/** The same gates that Bills go through, for a Bill of which nothing but its Account is known. */
function judge(account: Account, rules: Rules): Verdict {
  try {
    const decision = decide({ id: '', accountId: account.id }, account, rules);
    if (!decision.send) return { isLetThrough: false, reason: decision.detail };
    return { isLetThrough: true, reason: `m3ter Account ${account.id} is let through by ${rules.name}.` };
  } catch (error) {
    if (error instanceof FilterEvaluationError) return { unclear: error.message };
    throw error;
  }
}

function note(
  found: OperationOutput<'testFilter'>,
  account: Account,
  verdict: Verdict,
  { account: wanted, limit = DEFAULT_LIMIT }: OperationInput<'testFilter'>,
): void {
  const { id } = account;
  const code = account.code ?? null;
  found.accountsRead += 1;
  noteCustomFields(found, account);
  if (wanted !== undefined && (id === wanted || code === wanted)) {
    const reason = 'unclear' in verdict ? `It cannot be told: ${verdict.unclear}` : verdict.reason;
    found.account = { id, code, isLetThrough: 'isLetThrough' in verdict && verdict.isLetThrough, reason };
  }
  if ('unclear' in verdict) {
    found.unclear.count += 1;
    found.unclear.example ??= `Account ${code ?? id}: ${verdict.unclear}`;
  } else if (verdict.isLetThrough) {
    found.matching += 1;
    if (found.accounts.length < limit) found.accounts.push({ id, code, name: account.name ?? null });
  }
}

function noteCustomFields({ customFields }: OperationOutput<'testFilter'>, account: Account): void {
  for (const [name, value] of Object.entries(account.customFields ?? {})) {
    let field = customFields.find((each) => each.name === name);
    if (!field) customFields.push((field = { name, accounts: 0, examples: [] }));
    field.accounts += 1;
    const example = typeof value === 'string' ? value : numberText(value);
    if (field.examples.length < MOST_EXAMPLES && !field.examples.includes(example)) field.examples.push(example);
  }
}
