export interface FieldError {
  readonly resource: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
  readonly value?: unknown;
}

/** An answer that is an error, in the shape GitHub gives it. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: readonly (FieldError | string)[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    errors?: readonly (FieldError | string)[],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }

  body(): Record<string, unknown> {
    const rest = this.errors ? { errors: this.errors } : {};
    return {
      message: this.message,
      ...rest,
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

export const invalid = (resource: string, field: string, code = 'invalid', message?: string): ApiError =>
  new ApiError(422, 'Validation Failed', [{ resource, field, code, ...(message ? { message } : {}) }]);
