import { eventually } from "../../eventually";
import { test as base } from "./browsing";
import { ask, libraryFor, openIn } from "./library";
import type { RecordingApp } from "./running-store";

export type PixelEvent = {
  id: string;
  clientId: string;
  name: string;
  type: string;
  seq: number;
  timestamp: string;
  data: Record<string, unknown>;
  context: { document: { location: { pathname: string }; title: string } };
};

/** `test` with a shop whose pixel is switched on. */
export const test = base.extend<{ $file: { shop: string } }>({
  shop: [
    async ({ store, outdoor }, provide) => {
      const library = libraryFor(store);
      const session = await openIn(library, store, outdoor.domain);
      const settings = { endpoint: `${store.tunnelAddress}/pixel/events`, key: "k1" };
      const create = `mutation ($s: JSON!) { webPixelCreate(webPixel: { settings: $s }) { webPixel { id } } }`;
      await ask(library, session, create, { s: settings });
      await provide(outdoor.storefrontAddress);
    },
    { scope: "file" },
  ],
});

/** What the pixel has sent so far under a name of its own. */
export const sent = (app: RecordingApp, part: string): unknown[] =>
  app.received
    .filter(({ path, method }) => path === "/pixel/events" && method === "POST")
    .map(({ body }) => JSON.parse(body) as Record<string, unknown>)
    .filter((body) => part in body)
    .map((body) => body[part]);

export const events = (app: RecordingApp) => sent(app, "event") as PixelEvent[];

/** The first event of a name, once it has come. */
export const arrival = (app: RecordingApp, name: string): Promise<PixelEvent> =>
  eventually(() => {
    const event = events(app).find((each) => each.name === name);
    if (!event)
      throw new Error(
        `only ${events(app)
          .map((each) => each.name)
          .join(", ")} came`,
      );
    return event;
  });
