import { chance, type Chance } from "../chance";
import { scatter, writeHex, writeId } from "./ids";

const NO_ID = "sh-????????-????-??????????";
const NO_CLIENT = "????????-????-4a57-8d9b-????????????";
const NO_TIME = "????-??-??T??:??:??.???Z";
const NO_KEY = "?".repeat(32);

export type Draft = {
  key: string;
  /** Whose events these are: one browser's. */
  client: number;
  run: number;
  numbers: readonly number[];
  /** The moment of each event, then the moment of sending. */
  times: readonly string[];
};

/** A request made once and written over for each sending: nothing is built while a run is on. */
export class Stencil {
  readonly bytes: Buffer;
  readonly headBytes: number;
  private readonly ids: number[];
  private readonly clients: number[];
  private readonly times: number[];
  private readonly key: number;

  constructor(events: number, seed: string) {
    const body = Buffer.from(bodyOf(events, chance(seed)));
    const head = Buffer.from(
      "POST /pixel/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain;charset=UTF-8\r\n" +
        `Accept: */*\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    this.headBytes = head.length;
    this.bytes = Buffer.concat([head, body]);
    this.ids = placesOf(this.bytes, NO_ID);
    this.clients = placesOf(this.bytes, NO_CLIENT);
    const [sent = 0, ...times] = placesOf(this.bytes, NO_TIME);
    this.times = [...times, sent];
    this.key = this.bytes.indexOf(NO_KEY);
    for (const place of this.clients)
      this.bytes.write(NO_CLIENT.replaceAll("?", "0"), place, "latin1");
    for (const place of this.ids) this.bytes.write(NO_ID.replaceAll("?", "0"), place, "latin1");
  }

  fill({ key, client, run, numbers, times }: Draft): void {
    const { bytes } = this;
    bytes.write(key, this.key, "latin1");
    this.times.forEach((place, index) => bytes.write(times[index] ?? "", place, "latin1"));
    this.ids.forEach((place, index) => writeId(bytes, place, run, numbers[index] ?? 0));
    const digits = scatter(client);
    for (const place of this.clients) {
      writeHex(bytes, place, digits, 8);
      writeHex(bytes, place + 24, client, 12);
    }
  }
}

function placesOf(bytes: Buffer, text: string): number[] {
  const places = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}

const bodyOf = (events: number, luck: Chance): string =>
  JSON.stringify({
    key: NO_KEY,
    sentAt: NO_TIME,
    events: Array.from({ length: events }, (_, index) => eventOf(index, luck)),
  });

/** An event as the pixel writes it: about 600 bytes. */
function eventOf(index: number, luck: Chance) {
  const product = luck.between(100_000, 999_999);
  const { name, path, title, data } = luck.happens(0.7)
    ? { name: "page_viewed", path: "/pages/care", title: "Caring for wool – Northwind", data: {} }
    : {
        name: "product_viewed",
        path: `/products/merino-jersey-${product}`,
        title: "Merino jersey – Northwind",
        data: { productVariant: variantOf(product) },
      };
  return {
    id: NO_ID,
    name,
    clientId: NO_CLIENT,
    timestamp: NO_TIME,
    seq: index,
    customerId: null,
    consent: { analytics: true, marketing: false, preferences: true, saleOfData: false },
    context: { path, title, ...BROWSERS[luck.between(0, 2)] },
    data,
  };
}

const variantOf = (product: number) => ({
  id: `8100000${product}`,
  title: "Größe M / anthracite",
  sku: `NW-${product}-M`,
  price: { amount: 89.9, currencyCode: "EUR" },
  product: {
    id: `7100000${product}`,
    title: "Merino jersey",
    vendor: "Northwind",
    type: "Jerseys",
  },
});

const BROWSERS = [
  {
    campaign: { utm_source: "newsletter", utm_medium: "email", utm_campaign: "november" },
    referrer: "https://mail.example/inbox",
    userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0",
    language: "de-DE",
    screen: [1920, 1080],
    viewport: [1440, 900],
  },
  {
    referrer: "/collections/jerseys",
    userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Version/19.1 Safari/604.1",
    language: "en-GB",
    screen: [393, 852],
    viewport: [393, 660],
  },
  {
    referrer: null,
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    language: "fr",
    screen: [2560, 1440],
    viewport: [1280, 1301],
  },
];
