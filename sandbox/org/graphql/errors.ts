import type { GraphQLError } from 'graphql';
import { OrgError } from '../orgError.ts';

/** Salesforce's classes of errors in a GraphQL answer. */
export type ErrorType =
  'InvalidSyntax' | 'ValidationError' | 'DataFetchingException' | 'OperationNotSupported' | 'ExecutionAborted';

/** An error as a GraphQL answer shows it. */
export interface AnswerError {
  message: string;
  locations: ReadonlyArray<{ line: number; column: number }>;
  /** Keys of the answer down to the field that failed; empty where no field did. */
  path: ReadonlyArray<string | number>;
  extensions: { ErrorType: ErrorType; errorCode?: string; fields?: string[] };
}

/**
 * An error in the shape of the API.
 *
 * Source: GraphQL API Developer Guide, "GraphQL API Release Notes" (graphql-release-notes),
 * GraphQLErrorRepresentation.
 *
 * @throws the original error when it is a fault of the local org and not of the request.
 */
export function answerError(error: GraphQLError, type: ErrorType): AnswerError {
  const { originalError } = error;
  if (originalError && !(originalError instanceof OrgError) && type === 'DataFetchingException') throw originalError;
  return {
    message: error.message,
    locations: (error.locations ?? []).map(({ line, column }) => ({ line, column })),
    path: error.path ?? [],
    extensions: { ErrorType: type, ...(originalError instanceof OrgError ? codeOf(originalError) : {}) },
  };
}

const codeOf = ({ errorCode, fields }: OrgError): { errorCode: string; fields?: string[] } => ({
  errorCode,
  ...(fields.length > 0 ? { fields } : {}),
});
