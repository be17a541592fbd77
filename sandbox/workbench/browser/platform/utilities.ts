/** The items of the utility bar, and what their components say of them. */
import type { UtilityAttributes } from 'lightning/platformUtilityBarApi';

type Listener = (attributes: UtilityAttributes) => void;

/** The app has one item; a bar with several would need to know from which of them a component asks. */
export const UTILITY_ID = 'utility-1';

const listeners = new Set<Listener>();

/** Hands attributes to whoever draws the item. */
export function changeUtility(attributes: UtilityAttributes): void {
  for (const listener of listeners) listener(attributes);
}

/** Tells of each change; returns how to stop. */
export function onUtilityChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
