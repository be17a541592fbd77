import { executeSync, getOperationAST, GraphQLError, parse, validate } from 'graphql';
import type { DocumentNode, ExecutionResult } from 'graphql';
import type { Org } from '../model.ts';
import { OrgError } from '../orgError.ts';
import type { GraphqlContext } from './context.ts';
import { answerError } from './errors.ts';
import type { AnswerError, ErrorType } from './errors.ts';
import { notExecuted } from './mutationTypes.ts';
import { dropOptionalFields, requestRules } from './requestRules.ts';
import type { UserSchema } from './schema.ts';

/** What a client asks for. */
export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
  operationName?: string | null | undefined;
}

/** What it is answered with; `errors` is always there, empty when all went well. */
export interface GraphqlAnswer {
  data: unknown;
  errors: AnswerError[];
}

/**
 * Runs a GraphQL request as the user of a schema. Everything that goes wrong is in the answer.
 *
 * Source: GraphQL API Developer Guide, "Status Codes and Error Responses" (query-status).
 */
export function executeRequest(org: Org, { schema, access }: UserSchema, request: GraphqlRequest): GraphqlAnswer {
  let document: DocumentNode;
  try {
    document = dropOptionalFields(schema, parse(request.query));
  } catch (error) {
    return failed('InvalidSyntax', [error as GraphQLError]);
  }
  const problems = validate(schema, document, requestRules, { hideSuggestions: true });
  if (problems.length > 0) return failed('ValidationError', problems);
  const operation = getOperationAST(document, request.operationName);
  if (!operation) {
    const message = 'The request does not say which operation to run. Pass operationName.';
    return failed('OperationNotSupported', [new GraphQLError(message)]);
  }
  const context: GraphqlContext = {
    org,
    access,
    mutation: { allOrNone: true, ids: new Map(), failed: false },
  };
  const run = () =>
    executeSync({
      schema,
      document,
      contextValue: context,
      variableValues: request.variables,
      operationName: request.operationName,
    });
  return operation.operation === 'mutation' ? mutate(context, run) : answer(run());
}

const failed = (type: ErrorType, errors: readonly GraphQLError[]): GraphqlAnswer => ({
  data: null,
  errors: errors.map((error) => answerError(error, type)),
});

/** Errors without a path come before execution: variables that do not fit their types. */
function answer({ data, errors }: ExecutionResult): GraphqlAnswer {
  return {
    data: data ?? null,
    errors: (errors ?? []).map((error) => answerError(error, error.path ? 'DataFetchingException' : 'ValidationError')),
  };
}

/** Carries a failed mutation's result out of the transaction that it undoes. */
class Undone extends Error {
  readonly result: ExecutionResult;

  constructor(result: ExecutionResult) {
    super('The mutation is undone.');
    this.result = result;
  }
}

function mutate(context: GraphqlContext, run: () => ExecutionResult): GraphqlAnswer {
  const { mutation } = context;
  try {
    return context.org.transaction(() => {
      const result = run();
      if (mutation.allOrNone && mutation.failed) throw new Undone(result);
      return answer(result);
    });
  } catch (error) {
    if (error instanceof Undone) return undoneAnswer(error.result);
    throw error;
  }
}

/** What succeeded before the failure is undone, so the answer must not show it. */
function undoneAnswer(result: ExecutionResult): GraphqlAnswer {
  const { data, errors } = answer(result);
  const shown = (data as { uiapi?: Record<string, unknown> } | null)?.uiapi ?? {};
  const undone = Object.keys(shown).filter((key) => shown[key] !== null);
  return {
    data: { uiapi: Object.fromEntries(Object.keys(shown).map((key) => [key, null])) },
    errors: [
      ...errors,
      ...undone.map((key) => {
        const error: OrgError = notExecuted();
        return answerError(
          new GraphQLError(error.message, { path: ['uiapi', key], originalError: error }),
          'ExecutionAborted',
        );
      }),
    ],
  };
}
