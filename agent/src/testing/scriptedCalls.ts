import { stringifyExact } from '../json/exactJson.ts';
import type { SalesforceCalls } from '../salesforce/connection.ts';

export interface SeenCall {
  readonly method: string;
  readonly path: string;
  /** As it is on the wire. */
  readonly body: unknown;
}

export interface ScriptedCalls extends SalesforceCalls {
  readonly seen: SeenCall[];
}

/** Calls to Salesforce that a function answers; it may throw. */
export function scriptedCalls(answer: (call: SeenCall, count: number) => unknown): ScriptedCalls {
  const seen: SeenCall[] = [];
  return {
    seen,
    request: (method, path, body) => {
      const call = {
        method,
        path,
        body: body === undefined ? undefined : (JSON.parse(stringifyExact(body)) as unknown),
      };
      seen.push(call);
      return Promise.resolve().then(() => answer(call, seen.length));
    },
    retrying: (work) => work(),
  };
}
