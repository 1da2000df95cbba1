import { expect, test } from "vitest";
import { deviceOf } from "~/projections/device";

const MOZILLA = "Mozilla/5.0";
const chrome = (system: string, rest = "Chrome/147.0.0.0 Safari/537.36") =>
  `${MOZILLA} (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`;

test.each<[userAgent: string, device: string | null, browser: string | null, os: string | null]>([
  [chrome("Windows NT 10.0; Win64; x64"), "desktop", "Chrome", "Windows"],
  [
    chrome("Linux; Android 16; Pixel 10", "Chrome/147.0.0.0 Mobile Safari/537.36"),
    "mobile",
    "Chrome",
    "Android",
  ],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1`,
    "mobile",
    "Safari",
    "iOS",
  ],
  [
    `${MOZILLA} (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1`,
    "tablet",
    "Safari",
    "iOS",
  ],
  [
    `${MOZILLA} (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0`,
    "desktop",
    "Firefox",
    "Linux",
  ],
  ["", null, null, null],
  ["a name that nobody knows", null, null, null],
])("%s", (userAgent, device, browser, os) => {
  expect(deviceOf(userAgent)).toEqual({ device, browser, os });
});
