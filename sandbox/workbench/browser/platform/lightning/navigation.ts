/** `lightning/navigation` over the workbench's router. */
import type { LightningElement, WireAdapter, WireDataCallback } from 'lwc';
import type { PageReference } from 'lightning/navigation';
import { toUrl } from '../pageReference.ts';
import { currentPage, onNavigate, openPage } from '../router.ts';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

// TypeScript wants this signature of the constructor of a mixin's base.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Constructor = new (...args: any[]) => LightningElement;

function mixin<Base extends Constructor>(base: Base) {
  return class extends base {
    [Navigate](reference: PageReference, replace?: boolean): void {
      openPage(reference, replace);
    }

    [GenerateUrl](reference: PageReference): Promise<string> {
      return Promise.resolve(toUrl(reference));
    }
  };
}

export const NavigationMixin = Object.assign(mixin, { Navigate, GenerateUrl });

/** Emits the page reference of the page that is open, again after every navigation. */
export class CurrentPageReference implements WireAdapter<Record<string, never>> {
  private readonly emit: WireDataCallback;
  private stop: (() => void) | undefined;

  constructor(dataCallback: WireDataCallback) {
    this.emit = dataCallback;
  }

  connect(): void {
    this.emit(currentPage());
    this.stop = onNavigate((reference) => this.emit(reference));
  }

  disconnect(): void {
    this.stop?.();
  }

  update(): void {
    // The adapter has no configuration.
  }
}
