/** How a visit came about, by what its first page told. */
export type Arrival = {
  /** The site before, without `www.`; null for none, and for the shop's own. */
  referrerHost: string | null;
  source: string | null;
  medium: string | null;
  /** The name of the click id in the address, such as `gclid`. */
  clickId: string | null;
};

export type Channel = (typeof CHANNELS)[number]["channel"];

const SEARCH =
  /(^|\.)(google|bing|duckduckgo|ecosia|yahoo|yandex|baidu|qwant|startpage|naver|seznam)\./;
const SOCIAL =
  /(^|\.)(facebook|instagram|tiktok|pinterest|twitter|x|t|linkedin|lnkd|reddit|youtube|snapchat|threads|whatsapp|telegram)\.|^(fb|ig)$/;
const AI = /(^|\.)(chatgpt|openai|perplexity|claude|gemini\.google|copilot\.microsoft)\./;
const PAID = /^(cpc|ppc|cpm|cpv|cpa|paid.*|retargeting|display|banner|ads?)$/;
const SOCIAL_NAME =
  /^(facebook|fb|instagram|ig|tiktok|pinterest|twitter|x|linkedin|reddit|youtube|snapchat|threads)$/;

const isSearch = ({ referrerHost, source }: Arrival) =>
  matches(SEARCH, referrerHost) || matches(SEARCH, source && `${source}.`);
const isSocial = ({ referrerHost, source }: Arrival) =>
  matches(SOCIAL, referrerHost) || matches(SOCIAL_NAME, source);
const isPaid = ({ medium }: Arrival) => matches(PAID, medium);

/** The first that holds names the visit's channel. Facebook puts its click id on every link out of it,
 * so that one alone proves no payment. */
const CHANNELS = [
  {
    channel: "email",
    holds: ({ medium, source }: Arrival) => [medium, source].includes("email"),
  },
  { channel: "sms", holds: ({ medium }: Arrival) => medium === "sms" },
  { channel: "affiliate", holds: ({ medium }: Arrival) => medium === "affiliate" },
  {
    channel: "paid social",
    holds: (arrival: Arrival) =>
      (isSocial(arrival) && isPaid(arrival)) || arrival.clickId === "ttclid",
  },
  {
    channel: "paid search",
    holds: (arrival: Arrival) =>
      (isSearch(arrival) && isPaid(arrival)) || /^(gclid|msclkid)$/.test(arrival.clickId ?? ""),
  },
  { channel: "other paid", holds: isPaid },
  {
    channel: "ai assistant",
    holds: ({ referrerHost }: Arrival) => matches(AI, referrerHost),
  },
  {
    channel: "social",
    holds: (arrival: Arrival) =>
      isSocial(arrival) || arrival.medium === "social" || arrival.clickId === "fbclid",
  },
  {
    channel: "search",
    holds: (arrival: Arrival) => isSearch(arrival) || arrival.medium === "organic",
  },
  {
    channel: "referral",
    holds: ({ referrerHost, medium }: Arrival) => referrerHost !== null || medium === "referral",
  },
  {
    channel: "campaign",
    holds: ({ source, medium }: Arrival) => source !== null || medium !== null,
  },
  { channel: "direct", holds: () => true },
] as const;

/** The channel group of a visit. Names are compared in lower case. */
export function channelOf(arrival: Arrival): Channel {
  const known = {
    ...arrival,
    source: arrival.source?.toLowerCase() ?? null,
    medium: arrival.medium?.toLowerCase() ?? null,
  };
  return CHANNELS.find(({ holds }) => holds(known))?.channel ?? "direct";
}

const matches = (pattern: RegExp, text: string | null): boolean =>
  text !== null && pattern.test(text);
