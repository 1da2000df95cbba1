import { getNamedType, GraphQLError, type GraphQLResolveInfo } from "graphql";

const DOCUMENTATION = "https://shopify.dev/api/usage/access-scopes";
const PROTECTED_DATA = "https://shopify.dev/docs/apps/launch/protected-customer-data";

/** Who may see a type: a token with any one of the scopes. dev:api/usage/access-scopes */
const OF_TYPES: Record<string, readonly string[]> = {
  Product: ["read_products"],
  ProductVariant: ["read_products"],
  Collection: ["read_products"],
  InventoryItem: ["read_inventory", "read_products"],
  InventoryLevel: ["read_inventory"],
  Location: ["read_locations", "read_inventory"],
  Order: ["read_orders"],
  Refund: ["read_orders"],
  Customer: ["read_customers"],
  OnlineStoreTheme: ["read_themes"],
  ShopLocale: ["read_locales"],
  PrivacySettings: ["read_privacy_settings"],
  ConsentPolicy: ["read_privacy_settings"],
  Metaobject: ["read_metaobjects"],
  WebPixel: ["read_pixels"],
};

/** Who may use a field that shows no such type itself. */
const OF_FIELDS: Record<string, readonly string[]> = {
  productsCount: ["read_products"],
  ordersCount: ["read_orders"],
  customersCount: ["read_customers"],
  webPixelCreate: ["write_pixels"],
  webPixelUpdate: ["write_pixels"],
  webPixelDelete: ["write_pixels"],
  metaobjectUpsert: ["write_metaobjects"],
};

/** Level 2 of protected customer data: each kind is approved, and granted, by itself. */
const PROTECTED_FIELDS: Record<string, string> = {
  "Customer.firstName": "read_customer_name",
  "Customer.lastName": "read_customer_name",
  "Customer.displayName": "read_customer_name",
  "Customer.defaultEmailAddress": "read_customer_email",
  "Customer.email": "read_customer_email",
  "Order.email": "read_customer_email",
  "Order.phone": "read_customer_phone",
};

/** Whether a scope is granted; to write is to read. */
export const isGranted = (scopes: readonly string[], scope: string): boolean =>
  scopes.includes(scope) || scopes.includes(scope.replace(/^read_/, "write_"));

/** @throws {GraphQLError} ACCESS_DENIED, which makes the field null */
export function checkAccess(scopes: readonly string[], info: GraphQLResolveInfo): void {
  const { fieldName, parentType, returnType } = info;
  const shown = getNamedType(returnType).name.replace(/Connection$/, "");
  checkScope(scopes, fieldName, OF_FIELDS[fieldName] ?? OF_TYPES[shown]);
  const approval = PROTECTED_FIELDS[`${parentType.name}.${fieldName}`];
  if (approval && !scopes.includes(approval)) throw notApproved(fieldName);
}

/** Holds a token against the scopes of a type that a field such as `node` turned out to show. */
export const checkTypeAccess = (scopes: readonly string[], type: string, fieldName: string): void =>
  checkScope(scopes, fieldName, OF_TYPES[type]);

function checkScope(
  scopes: readonly string[],
  fieldName: string,
  wanted: readonly string[] | undefined,
): void {
  if (!wanted || wanted.some((scope) => isGranted(scopes, scope))) return;
  const names = wanted.map((scope) => `\`${scope}\``).join(" or ");
  const requiredAccess = `${names} access scope.`;
  const message = `Access denied for ${fieldName} field. Required access: ${requiredAccess}`;
  throw denied(message, { documentation: DOCUMENTATION, requiredAccess });
}

const notApproved = (fieldName: string) =>
  denied(
    `This app is not approved to use the ${fieldName} field. See ${PROTECTED_DATA} for more details.`,
    { documentation: PROTECTED_DATA },
  );

const denied = (message: string, extensions: Record<string, string>) =>
  new GraphQLError(message, { extensions: { code: "ACCESS_DENIED", ...extensions } });
