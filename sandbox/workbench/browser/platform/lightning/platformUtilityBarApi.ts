/** `lightning/platformUtilityBarApi` over the workbench's utility bar. */
import type { WireAdapter, WireDataCallback } from 'lwc';
import type { UtilityAttributes } from 'lightning/platformUtilityBarApi';
import { UTILITY_ID, changeUtility } from '../utilities.ts';

/** Emits the id of the item that the component is in. */
export class EnclosingUtilityId implements WireAdapter<Record<string, never>> {
  private readonly emit: WireDataCallback;

  constructor(dataCallback: WireDataCallback) {
    this.emit = dataCallback;
  }

  connect(): void {
    this.emit(UTILITY_ID);
  }

  disconnect(): void {
    // There is nothing to stop.
  }

  update(): void {
    // The adapter has no configuration.
  }
}

/** Changes label, icon and colour of the item. */
export function updateUtility(utilityId: string, attributes: UtilityAttributes): Promise<boolean> {
  if (utilityId !== UTILITY_ID) return Promise.reject(new Error(`There is no utility ${utilityId}.`));
  changeUtility(attributes);
  return Promise.resolve(true);
}
