/** dev:api/admin-graphql/latest/enums/ProductStatus */
export const PRODUCT_STATUSES = ["ACTIVE", "ARCHIVED", "DRAFT", "UNLISTED"] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];
