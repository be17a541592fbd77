import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

/** Page references that components navigated to, newest last. Tests empty it. */
export const navigations: unknown[] = [];
export const CurrentPageReference = createTestWireAdapter(jest.fn());

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

export const NavigationMixin: any = (Base: any) =>
  class extends Base {
    [Navigate](reference: unknown): void {
      navigations.push(reference);
    }
    [GenerateUrl](reference: { attributes: { recordId?: string } }): Promise<string> {
      return Promise.resolve(`/lightning/r/${reference.attributes.recordId ?? 'page'}/view`);
    }
  };
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;
