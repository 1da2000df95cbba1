import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { z } from "zod";
import type { Platform } from "../platform";

/** Who wants to be told of a topic, and what of it. */
export type Subscription = {
  /** Of one made by the Admin API; null for those of shopify.app.toml, which nothing removes. */
  id: number | null;
  uri: string;
  name: string | null;
  /** Empty for the whole payload. */
  includeFields: string[];
  /** `field:value`, where only such payloads are wanted. */
  filter: string | null;
};

/** The part of shopify.app.toml that is about webhooks. dev:apps/build/cli-for-apps/app-configuration */
const Configuration = z.object({
  webhooks: z
    .object({
      subscriptions: z
        .array(
          z.object({
            topics: z.array(z.string()).default([]),
            compliance_topics: z.array(z.string()).default([]),
            uri: z.string(),
            name: z.string().nullish(),
            include_fields: z.array(z.string()).default([]),
            filter: z.string().nullish(),
          }),
        )
        .default([]),
    })
    .optional(),
});

/** Every subscription of the app to a topic, such as `orders/create`. */
export function subscriptionsTo(platform: Platform, shop: string, topic: string): Subscription[] {
  const made = platform.memory.state.webhookSubscriptions[shop] ?? [];
  return [
    ...configured(platform, topic),
    ...made
      .filter((subscription) => subscription.topic === enumOf(topic))
      .map(({ id, uri, name, includeFields, filter }) => {
        return { id, uri: absolute(platform, uri), name, includeFields, filter };
      }),
  ];
}

/** A topic as the GraphQL enum has it: ORDERS_CREATE. */
export const enumOf = (topic: string): string => topic.replace("/", "_").toUpperCase();

function configured(platform: Platform, topic: string): Subscription[] {
  const toml = Configuration.parse(parse(readFileSync(platform.app.configuration, "utf8")));
  return (toml.webhooks?.subscriptions ?? [])
    .filter(({ topics, compliance_topics }) => [...topics, ...compliance_topics].includes(topic))
    .map(({ uri, name, include_fields, filter }) => ({
      ...{ id: null, uri: absolute(platform, uri), name: name ?? null },
      ...{ includeFields: include_fields, filter: filter ?? null },
    }));
}

/** A relative uri is the app's own. */
const absolute = ({ addresses }: Platform, uri: string): string =>
  uri.startsWith("/") ? `${addresses.tunnel}${uri}` : uri;

/** Whether a subscription's filter lets a payload through. Of Shopify's search syntax it knows
 * `field:value`. @throws {Error} for any other filter */
export function isWanted({ filter }: Subscription, payload: unknown): boolean {
  if (filter === null) return true;
  const [, field, value] = /^([\w.]+):"?([^"\s]+)"?$/.exec(filter.trim()) ?? [];
  if (!field) throw new Error(`webhook filters are field:value here, got "${filter}"`);
  return String(at(payload, field.split("."))) === value;
}

/** What a subscription with `include_fields` gets of a payload. */
export function trimmed({ includeFields }: Subscription, payload: unknown): unknown {
  if (includeFields.length === 0) return payload;
  const trimmed: Record<string, unknown> = {};
  for (const field of includeFields) {
    const [top = ""] = field.split(".");
    trimmed[top] = pick(at(payload, [top]), field.split(".").slice(1), trimmed[top]);
  }
  return trimmed;
}

const at = (value: unknown, [name, ...rest]: readonly string[]): unknown =>
  name === undefined ? value : at(isRecord(value) ? value[name] : undefined, rest);

/** Keeps of a value what a path leads to, besides what other paths have kept of it already. */
function pick(value: unknown, path: readonly string[], before: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(value))
    return value.map((item, i) => pick(item, path, Array.isArray(before) ? before[i] : undefined));
  if (!isRecord(value)) return value;
  const kept = isRecord(before) ? before : {};
  return { ...kept, [name]: pick(value[name], rest, kept[name]) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
