import { chunks } from '../chunks.ts';
import { nameWords, suggestionsFor, type FreeAccount } from '../rules/accountSuggestions.ts';
import { IDS_PER_QUERY, numberOf, queryAll, quote, quoteList, textOf } from '../salesforce/soql.ts';
import type { Engine, OrgAccess } from './engine.ts';
import { reachableOrgs } from './find.ts';
import type { OperationInput, OperationOutput } from './operations.ts';

const DEFAULT_LIMIT = 50;
/** Conditions of one query, which keep its URL short. */
const NAMES_PER_QUERY = 50;

interface Billed {
  readonly m3terAccountId: string;
  readonly bills: number;
}
interface Unmatched extends Billed {
  readonly code: string | null;
  readonly name: string | null;
}

/** Which Salesforce Accounts fit the m3ter Accounts whose Bills have no Account yet, those with most Bills first. */
export async function suggestAccounts(
  engine: Engine,
  { limit = DEFAULT_LIMIT, ...choice }: OperationInput<'suggestAccounts'>,
): Promise<OperationOutput<'suggestAccounts'>> {
  const found = await Promise.all(
    (await reachableOrgs(engine, choice)).map(async (org) => {
      const unmatched = await withNames(engine, await unmatchedIn(org, limit));
      const free = await freeAccounts(org, unmatched);
      return unmatched.map((each) => ({ ...each, suggestions: suggestionsFor(each, free) }));
    }),
  );
  return { unmatched: found.flat() };
}

async function unmatchedIn({ connection, names: { bill } }: OrgAccess, limit: number): Promise<Billed[]> {
  const { object, M3ter_Account_Id__c, Account__c, Deleted_In_M3ter__c } = bill;
  const rows = await queryAll(
    connection,
    `SELECT ${M3ter_Account_Id__c}, COUNT(Id) bills FROM ${object} ` +
      `WHERE ${Account__c} = null AND ${M3ter_Account_Id__c} != null AND ${Deleted_In_M3ter__c} = false ` +
      `GROUP BY ${M3ter_Account_Id__c} ORDER BY COUNT(Id) DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    m3terAccountId: textOf(row, M3ter_Account_Id__c) ?? '',
    bills: numberOf(row, 'bills') ?? 0,
  }));
}

async function withNames({ m3ter }: Engine, unmatched: readonly Billed[]): Promise<Unmatched[]> {
  const accounts = await m3ter.getAccounts(unmatched.map(({ m3terAccountId }) => m3terAccountId));
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return unmatched.map((each) => {
    const { name, code } = byId.get(each.m3terAccountId) ?? {};
    return { ...each, name: name ?? null, code: code ?? null };
  });
}

/** The org's Accounts without m3ter Account Id that have a number or a beginning of the name in common with some. */
async function freeAccounts(org: OrgAccess, unmatched: readonly Unmatched[]): Promise<FreeAccount[]> {
  const { object, AccountNumber, M3ter_Account_Id__c } = org.names.account;
  const codes = unmatched.flatMap(({ code }) => code ?? []);
  const beginnings = unmatched.flatMap(({ name, code }) => [name, code].flatMap((text) => beginningOf(text)));
  const conditions = [
    ...chunks([...new Set(codes)], IDS_PER_QUERY).map((some) => `${AccountNumber} IN (${quoteList(some)})`),
    ...chunks([...new Set(beginnings)], NAMES_PER_QUERY).map(
      (some) => `(${some.map((word) => `Name LIKE ${quote(`%${word}%`)}`).join(' OR ')})`,
    ),
  ];
  const free = new Map<string, FreeAccount>();
  for (const condition of conditions) {
    const soql =
      `SELECT Id, Name, ${AccountNumber} FROM ${object} WHERE ${M3ter_Account_Id__c} = null AND ${condition} ` +
      'ORDER BY Name LIMIT 2000';
    for (const row of await queryAll(org.connection, soql)) {
      const accountId = textOf(row, 'Id') ?? '';
      free.set(accountId, {
        accountId,
        name: textOf(row, 'Name') ?? '',
        accountNumber: textOf(row, AccountNumber),
      });
    }
  }
  return [...free.values()];
}

/** The first word that tells the name from others, as it is written there. */
function beginningOf(text: string | null): string[] {
  const [first] = nameWords(text ?? '');
  const written = (text ?? '').split(/[^\p{L}\p{N}\p{M}]+/u).find((word) => nameWords(word)[0] === first);
  return first === undefined || written === undefined ? [] : [written];
}
