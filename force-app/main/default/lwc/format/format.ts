/** Fills the placeholders `{0}`, `{1}` ... of a custom label. */
export function format(text: string, ...values: string[]): string {
  return text.replace(/\{(\d+)\}/g, (placeholder, index: string) => values[Number(index)] ?? placeholder);
}
