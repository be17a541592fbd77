const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a Salesforce record id: three characters that tell which letters are upper case. */
export function withChecksum(id15: string): string {
  const suffix = [0, 5, 10].map((start) => {
    const bits = [...id15.slice(start, start + 5)].reduce(
      (sum, character, index) => sum + (character >= 'A' && character <= 'Z' ? 1 << index : 0),
      0,
    );
    return CHECKSUM.charAt(bits);
  });
  return id15 + suffix.join('');
}

/** The record id of the n-th Account (prefix 001) of an org. */
export function accountRecordId(n: number): string {
  let digits = '';
  for (let rest = n; digits.length < 6; rest = Math.floor(rest / 62)) digits = ALPHABET.charAt(rest % 62) + digits;
  return withChecksum(`001Qy0000${digits}`);
}
