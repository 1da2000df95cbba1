import type { AppContext } from "~/context";
import { signProxyQuery } from "../../dev/store/app-proxy/signature";
import { CONFIG, dataRequest, NORTHWIND, webhook } from "../shopify/stand-in";
import { tokenFor } from "../api/calls";
import type { Case, Post } from "./cases";
import { ID, NUMBER, WORD } from "./rows";
import { siteOn } from "./site";

/** Somebody with everything that a shop's people can have. */
export type Caller = { domain: string; apiToken: string };
export type Asked = { id: string; door: Case["door"]; caller: Caller | null };
/** `text` is the headers and the body. */
export type Told = { status: number; text: string; body: string };

/** What an answer says besides repeating, in a refusal, what was asked. */
export const newsIn = ({ status, text }: Told, asked: string): string =>
  status >= 400 || text.includes('"refused":"')
    ? [WORD, NUMBER, ID]
        .filter((mark) => asked.includes(mark))
        .reduce((rest, mark) => rest.replaceAll(mark, ""), text)
    : text;

export const callerOf = async ({ db }: AppContext, domain: string): Promise<Caller> => {
  const { id } = await db.shop.findUniqueOrThrow({ where: { domain } });
  return { domain, apiToken: await tokenFor(db, id) };
};

/** Reads a path of a route as the caller. */
export async function read(context: AppContext, asked: Asked, path: string): Promise<Told> {
  const address = addressOf(asked, path);
  return told(
    await siteOn(context)(asked.id, new Request(address, { headers: await headersOf(asked) })),
  );
}

/** Posts to a route as the caller. */
export async function post(context: AppContext, asked: Asked, { path, body }: Post): Promise<Told> {
  const { id, door, caller } = asked;
  if (door === "webhook") {
    const { topic, ...payload } = body;
    const sent = { topic: String(topic), payload, ...signatureOf(caller) };
    return told(await siteOn(context)(id, webhook(sent)));
  }
  const address = addressOf(asked, path);
  const content = door === "session" ? formOf(body) : JSON.stringify(body);
  const about = { method: "POST", headers: await headersOf(asked), body: content };
  return told(await siteOn(context)(id, new Request(address, about)));
}

/** Nobody has the app's secret, and names the first shop. */
const signatureOf = (caller: Caller | null) =>
  caller ? { domain: caller.domain } : { domain: NORTHWIND, secret: "guessed" };

function formOf(body: Post["body"]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) form.set(name, String(value));
  return form;
}

async function headersOf({ door, caller }: Asked): Promise<Headers> {
  const { headers } = await dataRequest(caller?.domain ?? "");
  if (!caller || door !== "session") headers.delete("authorization");
  if (caller && door === "token") headers.set("authorization", `Bearer ${caller.apiToken}`);
  return headers;
}

function addressOf({ door, caller }: Asked, path: string): URL {
  const address = new URL(path, CONFIG.shopify.appUrl);
  // An address may name another shop than the one that is signed in.
  if (door === "session" && !path.includes("/file/")) address.searchParams.set("shop", NORTHWIND);
  if (door !== "proxy" || !caller) return address;
  const query = new URLSearchParams({
    ...{ shop: caller.domain, logged_in_customer_id: "", path_prefix: "/apps/pixelnova" },
    timestamp: String(Math.floor(Date.now() / 1_000)),
  });
  query.set("signature", signProxyQuery(query, CONFIG.shopify.apiSecret));
  address.search = String(query);
  return address;
}

async function told(answer: Response): Promise<Told> {
  const body = await beginningOf(answer);
  return { status: answer.status, text: JSON.stringify([...answer.headers]) + body, body };
}

/** Of a stream, which goes on, its first words. */
async function beginningOf(answer: Response): Promise<string> {
  if (answer.headers.get("content-type") !== "text/event-stream") return answer.text();
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}
