import { expect, vi } from "vitest";
import { webhooksSettled } from "../../../dev/store/webhooks/announce";
import { SCOPES, test, type Desk } from "./admin-desk";
import { BULK_CANCEL, BULK_OPERATION, BULK_PRODUCTS, BULK_RUN } from "./admin-documents";

type Operation = {
  id: string;
  status: string;
  errorCode: string | null;
  objectCount: string;
  rootObjectCount: string;
  fileSize: string | null;
  url: string | null;
  partialDataUrl: string | null;
};
type Run = {
  bulkOperationRunQuery: {
    bulkOperation: { id: string } | null;
    userErrors: { code: string | null; message: string }[];
  };
};
type Line = { id: string; __parentId?: string } & Record<string, unknown>;

const PATIENCE = { timeout: 20_000, interval: 25 };
const SEVEN_DAYS_MS = 7 * 24 * 3600 * 1000;
const PRODUCTS = "{ products { edges { node { id } } } }";

const run = async (desk: Desk, q: string, scopes = SCOPES) => {
  const { data } = await desk.ask<Run>(BULK_RUN, { variables: { q }, scopes });
  return data.bulkOperationRunQuery;
};

async function start(desk: Desk, query: string, scopes = SCOPES): Promise<string> {
  const { bulkOperation, userErrors } = await run(desk, query, scopes);
  if (!bulkOperation) throw new Error(JSON.stringify(userErrors));
  return bulkOperation.id;
}

async function look(desk: Desk, id: string): Promise<Operation> {
  const { data } = await desk.ask<{ bulkOperation: Operation }>(BULK_OPERATION, {
    variables: { id },
  });
  return data.bulkOperation;
}

const reached = (desk: Desk, id: string, status: string) =>
  vi.waitUntil(async () => {
    const operation = await look(desk, id);
    return operation.status === status && operation;
  }, PATIENCE);

async function linesAt(desk: Desk, url: string | null): Promise<Line[]> {
  const response = await desk.routes.request(new URL(url ?? "").pathname);
  const text = await response.text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

type Products = {
  products: {
    nodes: {
      id: string;
      variants: { nodes: { id: string; price: string }[] };
      collections: { nodes: { id: string }[] };
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
};

/** The same by pages. */
async function paged(desk: Desk) {
  const products: Products["products"]["nodes"] = [];
  let after: string | null = null;
  do {
    const { data }: { data: Products } = await desk.ask<Products>(
      `query ($after: String) { products(first: 50, after: $after, query: "status:active") {
        nodes { id variants(first: 50) { nodes { id price } } collections(first: 20) { nodes { id } } }
        pageInfo { hasNextPage endCursor } } }`,
      { variables: { after } },
    );
    products.push(...data.products.nodes);
    after = data.products.pageInfo.hasNextPage ? data.products.pageInfo.endCursor : null;
    desk.advance(10_000); // for the bucket to fill
  } while (after);
  return products;
}

test("an operation brings in lines what pages bring, children behind their parents", async ({
  desk,
}) => {
  const { url, objectCount, rootObjectCount, fileSize } = await reached(
    desk,
    await start(desk, BULK_PRODUCTS),
    "COMPLETED",
  );

  const lines = await linesAt(desk, url);

  const products = await paged(desk);
  const rows = products.flatMap(({ id, variants, collections }) => [
    { id },
    ...variants.nodes.map((variant) => ({ ...variant, __parentId: id })),
    ...collections.nodes.map((collection) => ({ ...collection, __parentId: id })),
  ]);
  const key = ({ id, price, __parentId }: { id: string; price?: unknown; __parentId?: string }) =>
    [__parentId, id, price].join(" ");
  expect(lines.map(key).toSorted()).toEqual(rows.map(key).toSorted());
  const seen = new Set<string>();
  for (const { id, __parentId } of lines) {
    expect(__parentId === undefined || seen.has(__parentId)).toBe(true);
    seen.add(id);
  }
  expect(Number(objectCount)).toBe(rows.length);
  expect(Number(rootObjectCount)).toBe(products.length);
  const bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(JSON.stringify(line)) + 1, 0);
  expect(Number(fileSize)).toBe(bytes);
});

test("grouped, children come right behind their parent", async ({ desk }) => {
  const query = "{ products { nodes { id variants { nodes { id } } } } }";
  const { data } = await desk.ask<Run>(
    `mutation ($q: String!) { bulkOperationRunQuery(query: $q, groupObjects: true) {
      bulkOperation { id } userErrors { message } } }`,
    { variables: { q: query } },
  );
  const { id } = data.bulkOperationRunQuery.bulkOperation ?? { id: "" };

  const lines = await linesAt(desk, (await reached(desk, id, "COMPLETED")).url);

  let parent = "";
  for (const { id, __parentId } of lines) {
    if (__parentId === undefined) parent = id;
    else expect(__parentId).toBe(parent);
  }
  expect(lines.length).toBeGreaterThan(desk.commerce.catalog().products.length);
});

test("an operation runs for a while, and the app is told of its end", async ({ desk, inbox }) => {
  inbox.subscribe("BULK_OPERATIONS_FINISH");
  const id = await start(desk, PRODUCTS);

  const running = await look(desk, id);
  await reached(desk, id, "COMPLETED");

  await webhooksSettled(desk.platform);
  expect(inbox.received).toEqual([
    {
      ...{ topic: "bulk_operations/finish", shop: desk.outdoor.domain },
      payload: {
        ...{ admin_graphql_api_id: id, status: "completed", type: "query", error_code: null },
        ...{ created_at: "2026-11-20T12:00:00.000Z", completed_at: "2026-11-20T12:00:00.000Z" },
      },
    },
  ]);
  expect(running).toMatchObject({ status: "CREATED", url: null });
  expect(desk.platform.calls).toContainEqual(
    expect.objectContaining({ kind: "bulk operation", shop: desk.outdoor.domain }),
  );
});

test("nothing found is no file", async ({ desk }) => {
  const id = await start(desk, '{ products(query: "id:1") { edges { node { id } } } }');

  expect(await reached(desk, id, "COMPLETED")).toMatchObject({
    ...{ objectCount: "0", url: null, fileSize: null },
  });
});

test("a result can be had for seven days", async ({ desk }) => {
  const id = await start(desk, PRODUCTS);
  const { url } = await reached(desk, id, "COMPLETED");
  const statusOf = async (address: string) =>
    (await desk.routes.request(new URL(address).pathname)).status;

  const before = await statusOf(url ?? "");
  desk.advance(SEVEN_DAYS_MS + 60_000);

  expect(before).toBe(200);
  expect(await statusOf(url ?? "")).toBe(403);
  expect(await statusOf("http://admin.test/bulk-results/guessed.jsonl")).toBe(404);
  expect(await look(desk, id)).toMatchObject({ status: "EXPIRED", url: null });
});

test("five run at once, a sixth has to wait; the other shop has its own five", async ({ desk }) => {
  desk.platform.faults.bulkOperations = "STUCK";
  const ids: string[] = [];
  for (let i = 0; i < 5; i += 1) ids.push(await start(desk, PRODUCTS));

  const sixth = await run(desk, PRODUCTS);
  const { data } = await desk.ask<Run>(BULK_RUN, { shop: desk.tea, variables: { q: PRODUCTS } });
  desk.platform.faults.bulkOperations = null;
  for (const id of ids) await reached(desk, id, "COMPLETED");
  const seventh = await run(desk, PRODUCTS);

  expect(sixth).toMatchObject({ bulkOperation: null, userErrors: [{ code: "LIMIT_REACHED" }] });
  expect(data.bulkOperationRunQuery.userErrors).toEqual([]);
  expect(seventh.userErrors).toEqual([]);
});

test("a stuck operation can be canceled", async ({ desk }) => {
  desk.platform.faults.bulkOperations = "STUCK";
  const id = await start(desk, PRODUCTS);
  await reached(desk, id, "RUNNING");

  const { data } = await desk.ask(BULK_CANCEL, { variables: { id } });
  await reached(desk, id, "CANCELED");
  const again = await desk.ask(BULK_CANCEL, { variables: { id } });

  expect(data).toMatchObject({ bulkOperationCancel: { bulkOperation: { status: "CANCELING" } } });
  expect(again.data).toMatchObject({
    bulkOperationCancel: {
      userErrors: [{ message: "A bulk operation cannot be canceled when it is canceled" }],
    },
  });
});

test("an operation that fails leaves what it had until then", async ({ desk }) => {
  desk.platform.faults.bulkOperations = "FAILED";
  const id = await start(desk, PRODUCTS);

  const failed = await reached(desk, id, "FAILED");

  expect(failed).toMatchObject({ errorCode: "INTERNAL_SERVER_ERROR", url: null });
  const lines = await linesAt(desk, failed.partialDataUrl);
  expect(lines).toHaveLength(Number(failed.objectCount));
  expect(lines.length).toBeLessThan(desk.commerce.catalog().products.length);
});

test("an operation fails for what its token may not see", async ({ desk }) => {
  const scopes = SCOPES.filter((scope) => scope !== "read_orders");
  const id = await start(desk, "{ orders { edges { node { id } } } }", scopes);

  expect(await reached(desk, id, "FAILED")).toMatchObject({ errorCode: "ACCESS_DENIED" });
});

const CHAIN = `{ customers { nodes { id orders { nodes { id lineItems { nodes { id
  product { id collections { nodes { id } } } } } } } } } }`;

test.for([
  ["{ shop { name } }", "at least one connection"],
  ['{ node(id: "gid://shopify/Product/1") { id } products { nodes { id } } }', "top-level `node`"],
  ["mutation { webPixelDelete(id: 1) { deletedWebPixelId } }", "cannot contain mutations"],
  ["{ products { nodes { idd } } }", 'Cannot query field "idd"'],
  ["{ products { nodes { id } ", "Syntax Error"],
  ["{ products { nodes { title variants { nodes { id } } } } }", "must select 'id': products"],
  [CHAIN, "nesting depth greater than 2"],
  [
    "{ orders { nodes { id refunds { id refundLineItems { nodes { quantity } } } } } }",
    "a connection field within a list field",
  ],
  [
    `{ a: products { nodes { id } } b: products { nodes { id } } c: products { nodes { id } }
      d: products { nodes { id } } e: products { nodes { id } } f: products { nodes { id } } }`,
    "more than 5 connections",
  ],
] as const)("%s cannot run in bulk", async ([query, reason], { desk }) => {
  const { bulkOperation, userErrors } = await run(desk, query);

  expect(bulkOperation).toBeNull();
  expect(userErrors[0]).toMatchObject({ code: "INVALID" });
  expect(userErrors.map(({ message }) => message).join()).toContain(reason);
});

test("operations are listed, the current one is the last", async ({ desk }) => {
  desk.platform.faults.bulkOperations = "STUCK";
  const first = await start(desk, PRODUCTS);
  const second = await start(desk, PRODUCTS);
  await reached(desk, second, "RUNNING");

  const { data } = await desk.ask(`{ currentBulkOperation { id }
    bulkOperations(first: 5, query: "status:running operation_type:query", reverse: true) {
      nodes { id } } done: bulkOperations(first: 5, query: "status:completed") { nodes { id } } }`);

  expect(data).toEqual({
    ...{ currentBulkOperation: { id: second }, done: { nodes: [] } },
    bulkOperations: { nodes: [{ id: second }, { id: first }] },
  });
});
