/** A Salesforce Account that is no m3ter Account yet. */
export interface FreeAccount {
  readonly accountId: string;
  readonly name: string;
  readonly accountNumber: string | null;
}

export interface AccountSuggestion extends FreeAccount {
  /** What it has in common with the m3ter Account. */
  readonly because: 'accountNumber' | 'name';
}

/** Words that say only which kind of company it is. */
const LEGAL_FORMS = new Set(
  'ab ag as bv co company corp corporation gmbh inc incorporated kg limited llc llp ltd nv oy plc pty sa sarl sas se spa srl the'.split(
    ' ',
  ),
);
const MOST_SUGGESTIONS = 3;

/** The words of a company's name that tell it from others: in small letters, without accents, marks and legal form. */
export function nameWords(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const telling = words.filter((word) => !LEGAL_FORMS.has(word));
  return telling.length > 0 ? telling : words;
}

/**
 * The Accounts that a m3ter Account may be, the best first: those whose Account number is its code, then those whose
 * name, or code as a name, has the same words.
 */
export function suggestionsFor(
  { code, name }: { readonly code: string | null; readonly name: string | null },
  accounts: readonly FreeAccount[],
): AccountSuggestion[] {
  const names = new Set([name, code].flatMap((text) => (text === null ? [] : [nameWords(text).join(' ')])));
  const isNumber = ({ accountNumber }: FreeAccount): boolean =>
    code !== null && accountNumber?.toLowerCase() === code.toLowerCase();
  const byNumber = accounts.filter(isNumber).map((each) => ({ ...each, because: 'accountNumber' as const }));
  const byName = accounts
    .filter((each) => !isNumber(each) && names.has(nameWords(each.name).join(' ')))
    .map((each) => ({ ...each, because: 'name' as const }));
  return [...byNumber, ...byName].slice(0, MOST_SUGGESTIONS);
}
