import type { PixelEventInput } from "../../app/events/vocabulary";
import type { Chance } from "../chance";
import type { Visit } from "./model";

type Context = NonNullable<PixelEventInput["context"]>;
export type Device = Required<Pick<Context, "userAgent" | "screen" | "viewport">>;
export type DeviceKind = Visit["device"];

const OFTEN: Record<DeviceKind, number> = { phone: 61, laptop: 22, desktop: 13, tablet: 4 };

const APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1";
const BLINK = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0";

const DEVICES: Record<DeviceKind, [Device, ...Device[]]> = {
  phone: [
    device(
      `iPhone; CPU iPhone OS 19_1 like Mac OS X) ${APPLE} Mobile/15E148 Safari/604.1`,
      [393, 852],
      192,
    ),
    device(`Linux; Android 16; Pixel 10) ${BLINK} Mobile Safari/537.36`, [412, 915], 148),
    device(`Linux; Android 15; SM-S931B) ${BLINK} Mobile Safari/537.36`, [360, 780], 136),
  ],
  tablet: [
    device(`Linux; Android 16; SM-X710) ${BLINK} Safari/537.36`, [1280, 800], 110),
    device(`iPad; CPU OS 19_1 like Mac OS X) ${APPLE} Mobile/15E148 Safari/604.1`, [820, 1180], 74),
  ],
  laptop: [
    device(`Macintosh; Intel Mac OS X 10_15_7) ${BLINK} Safari/537.36`, [1512, 982], 152),
    device(`Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Safari/605.1.15`, [1440, 900], 140),
    device(`Windows NT 10.0; Win64; x64) ${BLINK} Safari/537.36 Edg/147.0.0.0`, [1536, 864], 161),
  ],
  desktop: [
    device(
      "Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
      [1920, 1080],
      140,
    ),
    device(`Windows NT 10.0; Win64; x64) ${BLINK} Safari/537.36`, [2560, 1440], 150),
    device("X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", [1920, 1200], 155),
  ],
};

/** @param taken by the browser's own bars, of the screen's height */
function device(about: string, screen: [number, number], taken: number): Device {
  const [width, height] = screen;
  return { userAgent: `Mozilla/5.0 (${about}`, screen, viewport: [width, height - taken] };
}

export function pickDevice(luck: Chance, weights: Partial<Record<DeviceKind, number>> = OFTEN) {
  const kind = luck.weighted({ ...weights } as Record<DeviceKind, number>);
  return { kind, device: luck.pick(DEVICES[kind]) };
}
