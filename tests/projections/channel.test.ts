import { expect, test } from "vitest";
import { channelOf, type Arrival } from "~/projections/channel";

const NOTHING: Arrival = { referrerHost: null, source: null, medium: null, clickId: null };

test.each<[channel: string, about: Partial<Arrival>]>([
  ["direct", {}],
  ["search", { referrerHost: "www.google.de" }],
  ["search", { referrerHost: "duckduckgo.com" }],
  ["paid search", { referrerHost: "www.google.com", clickId: "gclid" }],
  ["paid search", { source: "google", medium: "cpc" }],
  ["paid search", { source: "bing", medium: "PPC" }],
  ["social", { referrerHost: "l.facebook.com" }],
  ["social", { referrerHost: "l.instagram.com", clickId: "fbclid" }],
  ["social", { referrerHost: "t.co" }],
  ["social", { clickId: "fbclid" }],
  ["paid social", { source: "Facebook", medium: "paid_social" }],
  ["paid social", { source: "ig", medium: "cpc", clickId: "fbclid" }],
  ["paid social", { clickId: "ttclid" }],
  ["email", { source: "newsletter", medium: "email" }],
  ["sms", { source: "postscript", medium: "sms" }],
  ["affiliate", { source: "blog", medium: "affiliate" }],
  ["other paid", { source: "criteo", medium: "retargeting" }],
  ["ai assistant", { referrerHost: "chatgpt.com" }],
  ["ai assistant", { referrerHost: "www.perplexity.ai" }],
  ["referral", { referrerHost: "tea-lovers.example" }],
  ["referral", { referrerHost: "notgoogle.example" }],
  ["referral", { referrerHost: "best.example" }],
  ["campaign", { source: "poster", medium: "print" }],
])("%s: %o", (channel, about) => {
  expect(channelOf({ ...NOTHING, ...about })).toBe(channel);
});
