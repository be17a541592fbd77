/** What the heading of a dialog says, and what else its component takes. */
export interface DialogOptions {
  label: string;
  [property: string]: unknown;
}

/** Opens a dialog; gives what it was closed with, undefined when it was left without an answer. */
export function openDialog<Answer>(dialog: object, options: DialogOptions): Promise<Answer | undefined> {
  // The published types leave out the static `open` that every dialog has.
  const openable = dialog as { open(given: DialogOptions): Promise<Answer | undefined> };
  return openable.open(options);
}
