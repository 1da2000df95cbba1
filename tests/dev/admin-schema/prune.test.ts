import { buildSchema, parse, print, validate, validateSchema } from "graphql";
import { expect, test } from "vitest";
import { loadAdminSchema } from "../../../dev/admin-schema/load";
import { prune } from "../../../dev/admin-schema/prune";

const SCHEMA = parse(`
  schema { query: QueryRoot mutation: Mutation }
  type QueryRoot { shop: Shop! orders: OrderConnection! }
  type Mutation { rename(name: String!): RenamePayload close: ClosePayload }
  interface HasOrders { orders: OrderConnection! }
  "A shop."
  type Shop implements HasOrders {
    "Its name."
    name: String! @deprecated(reason: "Use title.")
    unit(of: Measure): Unit
    owner: Owner
    sold: Sold
    orders: OrderConnection!
  }
  type Owner { email: String }
  type Order { id: ID }
  type OrderConnection { nodes: [Order!]! }
  type RenamePayload { shop: Shop userErrors: [UserError!]! }
  type ClosePayload { done: Boolean }
  type UserError { message: String! }
  union Sold = Order | Owner
  enum Measure { WEIGHT }
  enum Unit { GRAM }
  enum Unused { ONE }`);

const pruned = (rootFields: string[], objectTypes: string[]) =>
  print(prune(SCHEMA, { rootFields, objectTypes }));

test("what is listed stays with its arguments and deprecations, and leads nowhere else", () => {
  const schema = pruned(["shop", "rename"], ["Shop"]);

  expect(schema).toContain('name: String! @deprecated(reason: "Use title.")');
  expect(schema).toContain("unit(of: Measure): Unit");
  expect(schema).toContain("type RenamePayload");
  expect(schema).not.toMatch(/Owner|Order|Sold|Unused|ClosePayload|A shop/);
  expect(validateSchema(buildSchema(schema))).toEqual([]);
});

test("a kept object keeps its connections, and unions with what is left of them", () => {
  const schema = pruned(["shop"], ["Shop", "Order"]);

  expect(schema).toContain("orders: OrderConnection!");
  expect(schema).toContain("union Sold = Order\n");
});

test("a name that the schema does not have is told", () => {
  expect(() => pruned(["shops"], [])).toThrow('no root field "shops"');
  expect(() => pruned([], ["Shopp"])).toThrow("no type Shopp");
});

test("the snapshot is a valid schema that knows the pixel's documents", () => {
  const document = parse(`mutation ($webPixel: WebPixelInput!) {
    webPixelCreate(webPixel: $webPixel) { webPixel { id settings } userErrors { code field message } } }`);

  expect(validateSchema(loadAdminSchema())).toEqual([]);
  expect(validate(loadAdminSchema(), document)).toEqual([]);
});
