/** An error that m3ter answers with its status and `{message}`. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

export const notFound = (thing: string, id: string): ApiError => new ApiError(404, `${thing} ${id} does not exist.`);
