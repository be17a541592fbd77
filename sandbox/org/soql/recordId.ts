const SUFFIX_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The 18-character form of a record id; an id of 15 characters gets the suffix that tells its upper case letters.
 * Undefined when the text has not the form of an id.
 */
export function longRecordId(id: string): string | undefined {
  if (!/^(?:[a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(id)) return undefined;
  if (id.length === 18) return id;
  const suffix = [0, 5, 10].map((start) => {
    const capitals = [...id.slice(start, start + 5)].map((letter, bit) => (/[A-Z]/.test(letter) ? 1 << bit : 0));
    return SUFFIX_LETTERS[capitals.reduce((sum, bit) => sum + bit, 0)];
  });
  return id + suffix.join('');
}
