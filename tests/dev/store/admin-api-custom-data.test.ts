import { expect } from "vitest";
import { test, type Desk } from "./admin-desk";
import { METAFIELDS_DELETE, METAFIELDS_SET, METAOBJECT_UPSERT } from "./admin-documents";

type Field = { key: string; value: string; compareDigest: string };
type Set = {
  metafieldsSet: {
    metafields: Field[] | null;
    userErrors: { code: string; field: string[]; elementIndex: number | null }[];
  };
};

const installation = ({ outdoor }: Desk) => `gid://shopify/AppInstallation/${outdoor.id}`;

const field = (desk: Desk, about: object = {}) => ({
  ...{ ownerId: installation(desk), namespace: "blocks", key: "proxy" },
  ...{ type: "single_line_text_field", value: "/apps/pixelnova" },
  ...about,
});

async function set(desk: Desk, ...m: object[]) {
  const { data } = await desk.ask<Set>(METAFIELDS_SET, { variables: { m } });
  return data.metafieldsSet;
}

const READ = `{ currentAppInstallation {
  metafield(namespace: "blocks", key: "proxy") { value jsonValue type sizeInBytes }
  metafields(first: 10) { nodes { namespace key } } } }`;

test("a metafield is kept, read and deleted", async ({ desk }) => {
  await set(desk, field(desk, { type: "json", value: '{"a":[1]}' }));
  const kept = await desk.ask(READ);
  const { ownerId, namespace, key } = field(desk);
  await desk.ask(METAFIELDS_DELETE, { variables: { m: [{ ownerId, namespace, key }] } });
  const gone = await desk.ask(READ);

  expect(kept.data).toEqual({
    currentAppInstallation: {
      metafield: { value: '{"a":[1]}', jsonValue: { a: [1] }, type: "json", sizeInBytes: 9 },
      metafields: { nodes: [{ namespace: "blocks", key: "proxy" }] },
    },
  });
  expect(gone.data).toEqual({
    currentAppInstallation: { metafield: null, metafields: { nodes: [] } },
  });
});

test("nothing is kept when one of several is refused", async ({ desk }) => {
  const { metafields, userErrors } = await set(
    desk,
    field(desk),
    field(desk, { key: "count", type: "number_integer", value: "many" }),
  );

  expect(metafields).toBeNull();
  expect(userErrors).toMatchObject([
    { code: "INVALID_VALUE", field: ["metafields", "1", "value"], elementIndex: 1 },
  ]);
  expect(desk.platform.memory.state.metafields[desk.outdoor.domain] ?? []).toEqual([]);
});

test("a digest lets only the one write who knows the value", async ({ desk }) => {
  const { metafields } = await set(desk, field(desk, { compareDigest: null }));
  const { compareDigest } = metafields?.[0] ?? {};

  const again = await set(desk, field(desk, { compareDigest: null, value: "b" }));
  const knowing = await set(desk, field(desk, { compareDigest, value: "c" }));
  const stale = await set(desk, field(desk, { compareDigest, value: "d" }));
  const careless = await set(desk, field(desk, { value: "e" }));

  expect(again.userErrors).toMatchObject([{ code: "STALE_OBJECT" }]);
  expect(knowing.userErrors).toEqual([]);
  expect(stale.userErrors).toMatchObject([{ code: "STALE_OBJECT" }]);
  expect(careless.metafields).toMatchObject([{ value: "e" }]);
});

test("what is too much, too long or someone else's is refused", async ({ desk }) => {
  const codesOf = async (...fields: object[]) =>
    (await set(desk, ...fields)).userErrors.map(({ code }) => code);
  const many = Array.from({ length: 26 }, (_, i) => field(desk, { key: `k${i}` }));
  const long = (length: number) => ({ type: "json", value: `"${"x".repeat(length)}"` });

  expect(await codesOf(...many)).toEqual(["LESS_THAN_OR_EQUAL_TO"]);
  expect(await codesOf(field(desk, long(128 * 1024)))).toEqual(["TOO_LONG"]);
  expect(await codesOf(field(desk, long(128 * 1024 - 2)))).toEqual([]);
  expect(await codesOf(field(desk, { type: undefined, key: "new" }))).toEqual(["BLANK"]);
  const foreign = { ownerId: `gid://shopify/AppInstallation/${desk.tea.id}` };
  expect(await codesOf(field(desk, foreign))).toEqual(["APP_NOT_AUTHORIZED"]);
  expect(await codesOf(field(desk, { ownerId: "gid://shopify/Product/1" }))).toEqual(["INVALID"]);
});

test("the app's reserved namespace is its own, spelled short or in full", async ({ desk }) => {
  const id = desk.commerce.catalog().products[0]?.id ?? 0;
  const ownerId = `gid://shopify/Product/${id}`;

  await set(desk, field(desk, { ownerId, namespace: "$app", key: "recs" }));
  const { data } = await desk.ask(
    `query ($id: ID!) { product(id: $id) { short: metafield(namespace: "$app", key: "recs") { value }
      none: metafield(key: "recs") { namespace } other: metafield(namespace: "x", key: "recs") { value } } }`,
    { variables: { id: ownerId } },
  );

  expect(data).toEqual({
    product: {
      ...{ short: { value: "/apps/pixelnova" }, none: { namespace: "app--1" } },
      other: null,
    },
  });
});

const upsert = (desk: Desk, v: unknown, handle = "home", type = "$app:placement") =>
  desk.ask(METAOBJECT_UPSERT, { variables: { h: { type, handle }, v } });

test("a metaobject is made, then replaced as a whole", async ({ desk }) => {
  await upsert(desk, { title: "Home", rules: { limit: 4 } });
  const replaced = await upsert(desk, { title: "Start" });
  const { data } = await desk.ask(`{ metaobjects(type: "$app:placement", first: 5) {
    nodes { handle displayName values } }
    metaobjectByHandle(handle: { type: "$app:placement", handle: "home" }) { type
      field(key: "title") { value type } } }`);

  expect(replaced.data).toMatchObject({ metaobjectUpsert: { userErrors: [] } });
  expect(data).toEqual({
    metaobjects: {
      nodes: [{ handle: "home", displayName: "Start", values: { title: "Start" } }],
    },
    metaobjectByHandle: {
      type: "app--1--placement",
      field: { value: "Start", type: "single_line_text_field" },
    },
  });
});

test("types and fields that shopify.app.toml does not declare are refused", async ({ desk }) => {
  const unknownType = await upsert(desk, {}, "home", "$app:banner");
  const unknownField = await upsert(desk, { colour: "red" });

  const message = (answer: { data: unknown }) =>
    (answer.data as { metaobjectUpsert: { userErrors: { message: string }[] } }).metaobjectUpsert
      .userErrors[0]?.message;
  expect(message(unknownType)).toBe('No metaobject definition exists for type "$app:banner"');
  expect(message(unknownField)).toBe('Field definition "colour" does not exist');
});

const SUBSCRIBE = `mutation ($topic: WebhookSubscriptionTopic!, $about: WebhookSubscriptionInput!) {
  webhookSubscriptionCreate(topic: $topic, webhookSubscription: $about) {
    webhookSubscription { id topic uri } userErrors { field message } } }`;
type Subscribed = {
  webhookSubscriptionCreate: {
    webhookSubscription: { id: string } | null;
    userErrors: { message: string }[];
  };
};

test("webhook subscriptions are made, listed, changed and deleted", async ({ desk }) => {
  const about = { uri: "https://app.example/webhooks", includeFields: ["id"] };
  const variables = { topic: "ORDERS_CREATE", about };

  const made = (await desk.ask<Subscribed>(SUBSCRIBE, { variables })).data;
  const again = (await desk.ask<Subscribed>(SUBSCRIBE, { variables })).data;
  const id = made.webhookSubscriptionCreate.webhookSubscription?.id;
  await desk.ask(
    `mutation ($id: ID!) { webhookSubscriptionUpdate(id: $id,
      webhookSubscription: { name: "orders" }) { userErrors { message } } }`,
    { variables: { id } },
  );
  const listed = await desk.ask(`{ webhookSubscriptions(first: 5, topics: [ORDERS_CREATE]) {
    nodes { topic uri name includeFields format apiVersion { handle } } } }`);
  await desk.ask(
    "mutation ($id: ID!) { webhookSubscriptionDelete(id: $id) { deletedWebhookSubscriptionId } }",
    { variables: { id } },
  );

  expect(again.webhookSubscriptionCreate).toMatchObject({
    webhookSubscription: null,
    userErrors: [{ message: "Address for this topic has already been taken" }],
  });
  expect(listed.data).toEqual({
    webhookSubscriptions: {
      nodes: [
        {
          ...{ topic: "ORDERS_CREATE", uri: about.uri, name: "orders", includeFields: ["id"] },
          ...{ format: "JSON", apiVersion: { handle: "2026-07" } },
        },
      ],
    },
  });
  expect(desk.platform.memory.state.webhookSubscriptions[desk.outdoor.domain]).toEqual([]);
});

test("compliance topics and plain addresses cannot be subscribed to", async ({ desk }) => {
  const compliance = await desk.ask(SUBSCRIBE, {
    variables: { topic: "SHOP_REDACT", about: { uri: "https://app.example/webhooks" } },
  });
  const plain = await desk.ask<Subscribed>(SUBSCRIBE, {
    variables: { topic: "ORDERS_CREATE", about: { uri: "http://app.example/webhooks" } },
  });

  expect(compliance.errors?.[0]?.message).toContain('Value "SHOP_REDACT" does not exist');
  expect(plain.data.webhookSubscriptionCreate.userErrors).toHaveLength(1);
});
