/** A record id of 18 characters, or what reads like one. */
const ID = /\b[a-zA-Z0-9]{18}\b/g;
const TIME = /^\d{4}-\d{2}-\d{2}T/;

const idsOf = (text: string): string[] => text.match(ID) ?? [];

/** Which id of an org stands for which of the recorded one: learned answer by answer. */
export class IdMapping {
  private readonly found = new Map<string, string>();

  /** A text with the recorded ids replaced that are known. */
  translate(text: string): string {
    return text.replaceAll(ID, (id) => this.found.get(id) ?? id);
  }

  /** Learns from an answer and the recorded one. */
  learn(recorded: unknown, found: unknown): void {
    if (typeof recorded === 'string' && typeof found === 'string') this.learnText(recorded, found);
    else if (Array.isArray(recorded) && Array.isArray(found)) this.learnList(recorded, found);
    else if (isObject(recorded) && isObject(found)) {
      for (const [key, value] of Object.entries(recorded)) this.learn(value, found[key]);
    }
  }

  private learnText(recorded: string, found: string): void {
    const [before, after] = [idsOf(recorded), idsOf(found)];
    if (before.length === after.length) before.forEach((id, index) => this.found.set(id, after[index] ?? id));
  }

  /** Records of a query may come in any order: those go together that say the same apart from ids and times. */
  private learnList(recorded: unknown[], found: unknown[]): void {
    const left = found.map((item) => ({ item, text: content(item) }));
    recorded.forEach((item, index) => {
      const text = content(item);
      const same = left.find((one) => one.text === text);
      if (same) left.splice(left.indexOf(same), 1);
      this.learn(item, same ? same.item : found[index]);
    });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What a value says, ids and times aside. */
function content(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'string' ? (TIME.test(inner) ? '' : inner.replaceAll(ID, '')) : inner,
  );
}
