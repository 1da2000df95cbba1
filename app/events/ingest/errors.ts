import { AppError } from "~/platform/errors";

/** There is no room for more; nothing of the request is stored, and it should come again later. */
class Overloaded extends AppError {
  readonly code = "overloaded";
  readonly status = 503;
  override readonly headers = { "Retry-After": "2" };

  constructor() {
    super("more events are coming in than can be stored right now; nothing of this was stored");
  }
}

/** One for all: under load there are thousands a second, and where it was made tells nothing. */
export const OVERLOADED = new Overloaded();
