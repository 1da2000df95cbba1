import type { PixelEventInput } from "../../../app/events/vocabulary";
import { chance } from "./chance";

type Context = NonNullable<PixelEventInput["context"]>;
type Device = Required<Pick<Context, "userAgent" | "screen" | "viewport">>;

/** Who visits: the same browser, whenever it comes back. */
export type Visitor = {
  clientId: string;
  customerId: string | null;
  device: Device;
  language: string;
};

const DEVICES: Record<"phone" | "laptop" | "desktop" | "tablet", Device> = {
  phone: {
    userAgent:
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1",
    screen: [393, 852],
    viewport: [393, 660],
  },
  laptop: {
    userAgent:
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
    screen: [1512, 982],
    viewport: [1512, 830],
  },
  desktop: {
    userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
    screen: [1920, 1080],
    viewport: [1903, 940],
  },
  tablet: {
    userAgent:
      "Mozilla/5.0 (Linux; Android 16; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
    screen: [1280, 800],
    viewport: [1280, 690],
  },
};
const OFTEN = { phone: 56, laptop: 24, desktop: 16, tablet: 4 };
const HAS_ACCOUNT = 0.06;
const FIRST_CUSTOMER = 7_002_000_000;

/** The visitor of a number, in a crowd of a seed. */
export function visitor(seed: string, number: number): Visitor {
  const luck = chance(`${seed} visitor ${number}`);
  return {
    clientId: luck.uuid(),
    device: DEVICES[luck.weighted(OFTEN)],
    language: luck.weighted({ "en-GB": 4, "en-NZ": 3, "de-DE": 3, "fr-FR": 1 }),
    customerId: luck.happens(HAS_ACCOUNT) ? String(FIRST_CUSTOMER + number) : null,
  };
}
