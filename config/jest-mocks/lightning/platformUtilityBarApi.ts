import { createTestWireAdapter } from '@salesforce/wire-service-jest-util';

/** Stands in for `lightning/platformUtilityBarApi`; tests emit the id and look at the calls. */
export const EnclosingUtilityId = createTestWireAdapter(jest.fn());
export const updateUtility = jest.fn(() => Promise.resolve(true));
