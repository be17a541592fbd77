import type { Answer, ProbeOrg } from './org.ts';

/** One thing that the local org does as a document or an assumption says. */
export interface Check {
  /** As docs/fidelity.md names it. */
  name: string;
  /** Without: it only reads. */
  writes?: true;
  /** Needs the objects of the package. */
  ofPackage?: true;
  /** What the org is expected to do. */
  expected: unknown;
  /** What it does, in the same form. */
  find: (org: ProbeOrg) => Promise<unknown>;
}

interface ErrorEntry {
  errorCode?: string;
  statusCode?: string;
}

/** The codes of an error body, or of the errors of one record. */
export function codesIn(errors: unknown): string[] {
  return Array.isArray(errors)
    ? (errors as ErrorEntry[]).map(({ errorCode, statusCode }) => errorCode ?? statusCode ?? '?')
    : [];
}

/** The status and the codes of a refusal. */
export const refusal = ({ status, body }: Answer): unknown[] => [status, ...codesIn(body)];

/** For each record of a collection: `saved`, or the code of its first error. */
export function verdicts({ body }: { body: unknown }): string[] {
  if (!Array.isArray(body)) return [];
  return (body as Array<{ success?: boolean; errors?: unknown }>).map(({ success, errors }) =>
    success ? 'saved' : (codesIn(errors)[0] ?? '?'),
  );
}

/** An Account for a check, by a name that tells where it comes from. */
export const account = (name: string): Record<string, unknown> => ({
  attributes: { type: 'Account' },
  Name: `m3ter probe ${name}`,
});

/** One that every org refuses: an Account needs a name. */
export const badAccount: Record<string, unknown> = { attributes: { type: 'Account' }, AccountNumber: 'm3ter probe' };
