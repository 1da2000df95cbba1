import { API_VERSION } from "../../../admin-schema/load";
import type { WebhookSubscription } from "../../state";
import { userError } from "../errors";
import { gid, idOf, toSeconds } from "../gid";
import { paged, type Page } from "../lists/connection";
import { number, time } from "../lists/search";
import { nextId } from "../next-id";
import type { Node, ShopScope } from "../scope";

type Input = {
  uri?: string | null;
  callbackUrl?: string | null;
  format?: "JSON" | "XML" | null;
  filter?: string | null;
  includeFields?: string[] | null;
  name?: string | null;
};
type Wanted = Page & { topics?: string[] | null; uri?: string | null; format?: string | null };

const LONGEST_NAME = 50;

/** Subscriptions made through the API. Those of shopify.app.toml are not listed, and cannot be changed
 * here. dev:apps/build/webhooks/subscribe */
export const webhookSubscriptionFields = (scope: ShopScope) => ({
  webhookSubscriptions: paged((wanted: Wanted) => subscriptionsOf(scope).filter(isWanted(wanted)), {
    id: ({ id }) => id,
    node: webhookSubscriptionNode,
    filters: {
      id: number(({ id }) => id),
      created_at: time(({ createdAt }) => createdAt),
      updated_at: time(({ updatedAt }) => updatedAt),
    },
    sortKeys: { ID: ({ id }) => id, CREATED_AT: ({ createdAt }) => createdAt },
  }),
  webhookSubscription: ({ id }: { id: string }) => {
    const found = find(scope, id);
    return found ? webhookSubscriptionNode(found) : null;
  },

  webhookSubscriptionCreate: (input: { topic: string; webhookSubscription: Input }) => {
    const { topic, webhookSubscription: about } = input;
    const uri = about.uri ?? about.callbackUrl ?? "";
    const refusal = refusalOf(scope, { topic, about, uri });
    if (refusal) return { webhookSubscription: null, userErrors: [refusal] };
    const all = subscriptionsOf(scope);
    const now = scope.platform.now().toISOString();
    const made: WebhookSubscription = {
      ...{ id: nextId(scope.shop, all), topic, uri, format: about.format ?? "JSON" },
      ...{ filter: about.filter ?? null, includeFields: about.includeFields ?? [] },
      ...{ name: about.name ?? null, createdAt: now, updatedAt: now },
    };
    all.push(made);
    scope.platform.memory.save();
    return { webhookSubscription: webhookSubscriptionNode(made), userErrors: [] };
  },

  webhookSubscriptionUpdate: (input: { id: string; webhookSubscription: Input }) => {
    const { id, webhookSubscription: about } = input;
    const found = find(scope, id);
    if (!found) return { webhookSubscription: null, userErrors: [unknown] };
    const uri = about.uri ?? about.callbackUrl ?? found.uri;
    const refusal = refusalOf(scope, { topic: found.topic, about, uri, itself: found });
    if (refusal) return { webhookSubscription: null, userErrors: [refusal] };
    const { format, filter, includeFields, name } = about;
    Object.assign(found, {
      ...{ uri, updatedAt: scope.platform.now().toISOString() },
      ...(format && { format }),
      ...(filter !== undefined && { filter }),
      ...(includeFields && { includeFields }),
      ...(name !== undefined && { name }),
    });
    scope.platform.memory.save();
    return { webhookSubscription: webhookSubscriptionNode(found), userErrors: [] };
  },

  webhookSubscriptionDelete: ({ id }: { id: string }) => {
    const found = find(scope, id);
    if (!found) return { deletedWebhookSubscriptionId: null, userErrors: [unknown] };
    const all = subscriptionsOf(scope);
    all.splice(all.indexOf(found), 1);
    scope.platform.memory.save();
    return { deletedWebhookSubscriptionId: id, userErrors: [] };
  },
});

export const subscriptionsOf = ({ platform, shop }: ShopScope): WebhookSubscription[] =>
  (platform.memory.state.webhookSubscriptions[shop.domain] ??= []);

const find = (scope: ShopScope, id: string) =>
  subscriptionsOf(scope).find((each) => each.id === idOf("WebhookSubscription", id));

const isWanted =
  ({ topics, uri, format }: Wanted) =>
  (each: WebhookSubscription) =>
    (!topics || topics.includes(each.topic)) &&
    (!uri || each.uri === uri) &&
    (!format || each.format === format);

const unknown = userError(["id"], "Webhook subscription does not exist");

type Asked = { topic: string; about: Input; uri: string; itself?: WebhookSubscription };

function refusalOf(scope: ShopScope, { topic, about, uri, itself }: Asked) {
  const field = ["webhookSubscription", about.callbackUrl ? "callbackUrl" : "uri"];
  const { tunnel } = scope.platform.addresses; // the app's public address: https elsewhere
  const isOwn = tunnel !== "" && uri.startsWith(`${tunnel}/`);
  if (!isOwn && !/^(https:\/\/|pubsub:\/\/|arn:aws:events:)/.test(uri))
    return userError(field, "Address is not allowed: it wants https://, pubsub:// or an ARN");
  if (about.name && about.name.length > LONGEST_NAME)
    return userError(
      ["webhookSubscription", "name"],
      "Name is too long (maximum is 50 characters)",
    );
  const filter = about.filter ?? null;
  const isTaken = subscriptionsOf(scope).some(
    (each) => each !== itself && each.topic === topic && each.uri === uri && each.filter === filter,
  );
  return isTaken ? userError(field, "Address for this topic has already been taken") : undefined;
}

export function webhookSubscriptionNode(subscription: WebhookSubscription): Node {
  const { id, createdAt, updatedAt, ...rest } = subscription;
  return {
    ...rest,
    ...{ __typename: "WebhookSubscription", id: gid("WebhookSubscription", id) },
    ...{ legacyResourceId: String(id), metafieldNamespaces: [] },
    ...{ createdAt: toSeconds(createdAt), updatedAt: toSeconds(updatedAt) },
    apiVersion: { handle: API_VERSION, displayName: API_VERSION, supported: true },
  };
}
