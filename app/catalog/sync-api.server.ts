import { z } from "zod";
import type { AppContext } from "~/context";
import { isSame } from "~/platform/crypto.server";
import { InvalidInput, NotFound, Unauthorized } from "~/platform/errors";
import { readBody } from "~/platform/http.server";
import { requestSyncs, type Requested } from "./sync-requests.server";

const BODY_LIMIT_BYTES = 10_000;
const Wanted = z.strictObject({ shop: z.string().optional() });

/** What a scheduler outside may do: ask for syncs, of the `shop` in a JSON body, or of all shops.
 * @throws {NotFound} no SYNC_SECRET is set, or there is no such shop
 * @throws {Unauthorized | InvalidInput | TooLarge} nothing was asked for */
export async function answerSyncRequest(
  { config, db, log }: Pick<AppContext, "config" | "db" | "log">,
  request: Request,
): Promise<Requested> {
  if (!config.syncSecret) throw new NotFound("syncs are asked for here when SYNC_SECRET is set");
  const authorization = request.headers.get("Authorization") ?? "";
  if (!isSame(authorization, `Bearer ${config.syncSecret}`))
    throw new Unauthorized("send SYNC_SECRET as a bearer token");
  const { shop } = await readWanted(request);
  const answer = await requestSyncs(db, { shop, now: new Date() });
  log.info({ ...answer }, "a scheduler asked for syncs");
  return answer;
}

async function readWanted(request: Request): Promise<z.output<typeof Wanted>> {
  const text = (await readBody(request, BODY_LIMIT_BYTES)).toString("utf8").trim();
  const parsed = Wanted.safeParse(text === "" ? {} : parseJson(text));
  if (parsed.success) return parsed.data;
  throw new InvalidInput(
    `want {"shop": "name.myshopify.com"} or no body: ${z.prettifyError(parsed.error)}`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInput("the body is not JSON");
  }
}
