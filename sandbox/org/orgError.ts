/**
 * An error that the org answers with, in the words of Salesforce's REST API: `[{message, errorCode, fields}]` and an
 * HTTP status.
 */
export class OrgError extends Error {
  readonly errorCode: string;
  readonly status: number;
  readonly fields: string[];

  constructor(errorCode: string, message: string, options: { status?: number; fields?: string[] } = {}) {
    super(message);
    this.name = 'OrgError';
    this.errorCode = errorCode;
    this.status = options.status ?? 400;
    this.fields = options.fields ?? [];
  }
}
