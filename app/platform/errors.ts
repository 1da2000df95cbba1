const BRAND = Symbol.for("pixelnova.AppError");

/** An expected failure: its message says what was wrong, what was wanted and what came. */
export abstract class AppError extends Error {
  abstract readonly code: string;
  abstract readonly status: number;
  /** What an answer by HTTP carries besides. */
  readonly headers: Record<string, string> = {};
  readonly [BRAND] = true;
}

export class InvalidInput extends AppError {
  readonly code = "invalid_input";
  readonly status = 400;
}

export class Unauthorized extends AppError {
  readonly code = "unauthorized";
  readonly status = 401;
}

export class NotFound extends AppError {
  readonly code = "not_found";
  readonly status = 404;
}

export class TooLarge extends AppError {
  readonly code = "too_large";
  readonly status = 413;
}

/** The caller has had its share for now. */
export class TooMany extends AppError {
  readonly code = "too_many";
  readonly status = 429;

  constructor(
    message: string,
    override readonly headers: Record<string, string>,
  ) {
    super(message);
  }
}

/** Something we depend on is down; the caller should come back later. */
export class Unavailable extends AppError {
  readonly code = "unavailable";
  readonly status = 503;
  override readonly headers = { "Retry-After": "5" };
}

/** The process cannot start or go on as it is set up. */
export class Misconfigured extends AppError {
  readonly code = "misconfigured";
  readonly status = 500;
}

/** Recognises an AppError by its brand: the host and the routes are separate bundles, each with its
 * own copy of the classes, so `instanceof` would miss the other's. */
export const isAppError = (error: unknown): error is AppError =>
  error instanceof Error && BRAND in error;
