import type { Chance } from "../chance";
import type { Device } from "./devices";
import { takeFrom } from "./shelf";
import { open, reach, shelf, write } from "./walk";
import type { Walk } from "./walking";
import { titleOf } from "./behaviour/look";
import { variantData } from "./diary";

/** Of those who come for the first time. */
export const BOTS = 0.042;

const desktop = (userAgent: string): Device => ({
  userAgent,
  screen: [1280, 720],
  viewport: [1280, 720],
});
const compatible = (name: string) =>
  `Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ${name}) Chrome/147.0.0.0 Safari/537.36`;

/** Crawlers that run a page's scripts and say who they are; one that does not, and is only too fast. */
const DEVICES = {
  google: desktop(compatible("Googlebot/2.1; +http://www.google.com/bot.html")),
  bing: desktop(compatible("bingbot/2.0; +http://www.bing.com/bingbot.htm")),
  gpt: desktop(compatible("GPTBot/1.2; +https://openai.com/gptbot")),
  ahrefs: desktop("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"),
  headless: desktop(
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/147.0.0.0 Safari/537.36",
  ),
  disguised: desktop(
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36",
  ),
} as const;

export const botDevice = (luck: Chance): Device =>
  DEVICES[
    luck.weighted({ google: 38, bing: 14, gpt: 14, ahrefs: 12, headless: 12, disguised: 10 })
  ];

/** Opens one product after another, several in a second, and reads none. */
export function crawl(walk: Walk): void {
  const pages = walk.luck.between(4, 40);
  for (let i = 0; i < pages; i++) {
    const product = takeFrom(shelf(walk).all, walk.luck);
    if (!product) return;
    const title = titleOf(product.title, walk);
    open(walk, { path: `/products/${product.handle}`, title, type: "product" });
    reach(walk, "product_viewed");
    const productVariant = variantData(walk.shop, product, product.variants[0]);
    write(walk, "product_viewed", { productVariant });
  }
}
