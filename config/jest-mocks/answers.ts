import { graphql } from 'lightning/graphql';

type Config = { variables?: Record<string, unknown> };
type Adapter = {
  emit(data: unknown, filter: (config: Config) => boolean, refresh: () => Promise<void>): void;
  emitErrors(errors: object[], filter: (config: Config) => boolean): void;
};
const adapter = graphql as unknown as Adapter;

/** Answers the queries of a page that have a variable of this name; with undefined, those without variables. */
export async function answer(
  variable: string | undefined,
  data: unknown,
  refresh: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await configured();
  adapter.emit(data, ({ variables }) => has(variables, variable), refresh);
  await configured();
}

/** Refuses the same queries. */
export async function refuse(variable: string | undefined, message: string): Promise<void> {
  await configured();
  adapter.emitErrors([{ message, locations: [] }], ({ variables }) => has(variables, variable));
  await configured();
}

const has = (variables: Record<string, unknown> | undefined, name: string | undefined): boolean =>
  name === undefined ? variables === undefined : variables !== undefined && name in variables;

/** Adapters get their configuration, and components render, a few microtasks later. */
async function configured(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

/** Lets everything that is under way end. */
export const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
