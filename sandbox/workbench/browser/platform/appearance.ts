/**
 * Light or dark, switched as Lightning Experience does it: by one of the `slds-color-scheme_` classes of SLDS 2 on the
 * body, with which every `--slds-g-color` hook takes its light or its dark value (Salesforce Help, "Dark Mode").
 */
export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

const KEY = 'workbench-appearance';

/** What the person has chosen here; else as the operating system has it. */
export const chosenAppearance = (): Appearance =>
  APPEARANCES.find((one) => one === localStorage.getItem(KEY)) ?? 'system';

export function chooseAppearance(appearance: Appearance): void {
  localStorage.setItem(KEY, appearance);
  applyAppearance();
}

/** Gives the page the appearance that was chosen. */
export function applyAppearance(): void {
  const chosen = chosenAppearance();
  for (const one of APPEARANCES) document.body.classList.toggle(`slds-color-scheme_${one}`, one === chosen);
}
