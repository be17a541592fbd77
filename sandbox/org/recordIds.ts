const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Tells ids of this org apart from ids that data sets bring along. */
const POD = 'LC0';

/** The three characters that make a 15-character id safe where case is lost: one bit for each capital. */
function suffixOf(id: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 15; chunk += 5) {
    let bits = 0;
    for (let bit = 0; bit < 5; bit++) {
      const code = id.charCodeAt(chunk + bit);
      if (code >= 65 && code <= 90) bits |= 1 << bit;
    }
    suffix += SUFFIX[bits];
  }
  return suffix;
}

/** The id of the nth record of an object: its key prefix, the org's mark, the number in base 62, the suffix. */
export function makeRecordId(keyPrefix: string, number: number): string {
  let digits = '';
  for (let rest = number; digits.length < 9; rest = Math.floor(rest / 62)) digits = DIGITS[rest % 62]! + digits;
  const id = keyPrefix + POD + digits;
  return id + suffixOf(id);
}

/**
 * The 18-character form of a 15- or 18-character id; an 18-character id whose letters lost their case gets it back
 * from the suffix. Undefined when the text is not an id.
 */
export function normalizeRecordId(text: string): string | undefined {
  if (!/^(?:[0-9A-Za-z]{15}|[0-9A-Za-z]{18})$/.test(text)) return undefined;
  if (text.length === 15) return text + suffixOf(text);
  const id = text.slice(0, 15);
  const suffix = text.slice(15).toUpperCase();
  if (suffixOf(id) === suffix) return id + suffix;
  if (id !== id.toLowerCase() && id !== id.toUpperCase()) return undefined;
  const restored = [...id].map((letter, index) => {
    const bits = SUFFIX.indexOf(suffix[Math.floor(index / 5)]!);
    return bits & (1 << (index % 5)) ? letter.toUpperCase() : letter.toLowerCase();
  });
  const repaired = restored.join('');
  return suffixOf(repaired) === suffix ? repaired + suffix : undefined;
}
