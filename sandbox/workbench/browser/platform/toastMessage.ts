export interface ToastPart {
  key: number;
  text: string;
  url?: string;
}

/** A toast's message in parts: `{0}` stands for the entry of `data` at that place, a text or a link. */
export function toastParts(message: string, data: unknown[]): ToastPart[] {
  return message
    .split(/(\{\d+\})/)
    .filter((text) => text !== '')
    .map((text, key) => ({ key, ...part(text, data) }));
}

function part(text: string, data: unknown[]): Omit<ToastPart, 'key'> {
  const position = /^\{(\d+)\}$/.exec(text)?.[1];
  const entry = position === undefined ? undefined : data[Number(position)];
  if (typeof entry === 'string') return { text: entry };
  if (typeof entry !== 'object' || entry === null) return { text };
  const { label, url } = entry as { label?: string; url?: string };
  return { text: label ?? url ?? '', ...(url === undefined ? {} : { url }) };
}
