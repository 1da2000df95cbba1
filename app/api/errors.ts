import { AppError } from "~/platform/errors";

/** The caller has not said who it is, or is nobody that we know.
 * @see RFC 6750, section 3 */
export class NoToken extends AppError {
  readonly code = "unauthorized";
  readonly status = 401;
  override readonly headers = { "WWW-Authenticate": 'Bearer realm="pixelnova"' };
}

export class BadToken extends AppError {
  readonly code = "invalid_token";
  readonly status = 401;
  override readonly headers = {
    "WWW-Authenticate": 'Bearer realm="pixelnova", error="invalid_token"',
  };
}

/** The token is good, and does not allow this. */
export class MissingScope extends AppError {
  readonly code = "insufficient_scope";
  readonly status = 403;
  override readonly headers: Record<string, string>;

  constructor(readonly scope: string) {
    super(`this wants a token with the scope ${scope}`);
    this.headers = {
      "WWW-Authenticate": `Bearer realm="pixelnova", error="insufficient_scope", scope="${scope}"`,
    };
  }
}

export class NotAllowed extends AppError {
  readonly code = "method_not_allowed";
  readonly status = 405;
  override readonly headers = { Allow: "GET, HEAD" };
}
