/** Every question that the app asks Shopify's Admin API. A test holds them against its schema. */

export const SHOP = `#graphql
  query Shop {
    shop {
      id
      name
      currencyCode
      ianaTimezone
      plan {
        publicDisplayName
      }
    }
    currentAppInstallation {
      accessScopes {
        handle
      }
    }
  }`;

export const SHOP_ID = `#graphql
  query ShopId {
    shop {
      id
    }
  }`;

export const WEB_PIXEL = `#graphql
  query WebPixel {
    webPixel {
      id
      settings
    }
  }`;

export const WEB_PIXEL_CREATE = `#graphql
  mutation WebPixelCreate($webPixel: WebPixelInput!) {
    webPixelCreate(webPixel: $webPixel) {
      webPixel {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }`;

export const WEB_PIXEL_UPDATE = `#graphql
  mutation WebPixelUpdate($id: ID!, $webPixel: WebPixelInput!) {
    webPixelUpdate(id: $id, webPixel: $webPixel) {
      webPixel {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }`;

const MONEY = `{ shopMoney { amount } }`;

/** Runs in bulk, which takes no variables: `SINCE` is to be replaced. Connections within lists are
 * refused there, so a refund's lines are asked for by themselves. */
export const BULK_ORDERS = `#graphql
  query BulkOrders {
    orders(query: "created_at:>='SINCE'", sortKey: CREATED_AT) {
      edges {
        node {
          id
          name
          createdAt
          updatedAt
          cancelledAt
          cancelReason
          test
          cartToken
          checkoutToken
          currencyCode
          discountCodes
          customer {
            id
          }
          totalPriceSet ${MONEY}
          subtotalPriceSet ${MONEY}
          totalDiscountsSet ${MONEY}
          totalTaxSet ${MONEY}
          totalShippingPriceSet ${MONEY}
          refunds {
            id
            createdAt
            totalRefundedSet ${MONEY}
          }
          lineItems {
            edges {
              node {
                id
                title
                sku
                vendor
                quantity
                originalUnitPriceSet ${MONEY}
                originalTotalSet ${MONEY}
                discountedTotalSet(withCodeDiscounts: true) ${MONEY}
                product {
                  id
                }
                variant {
                  id
                }
              }
            }
          }
        }
      }
    }
  }`;

/** @see BULK_ORDERS. Grouped, so that an order's lines follow it and one order is held at a time. */
export const BULK_RUN = `#graphql
  mutation BulkRun($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) {
      bulkOperation {
        id
      }
      userErrors {
        code
        message
      }
    }
  }`;

export const BULK_OPERATION = `#graphql
  query BulkOperation($id: ID!) {
    bulkOperation(id: $id) {
      status
      errorCode
      objectCount
      rootObjectCount
      url
    }
  }`;

export const REFUND_LINES = `#graphql
  query RefundLines($ids: [ID!]!, $after: String) {
    nodes(ids: $ids) {
      ... on Refund {
        id
        refundLineItems(first: 50, after: $after) {
          nodes {
            quantity
            lineItem {
              id
            }
            subtotalSet ${MONEY}
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }`;

const VARIANT_FIELDS = `
  id
  title
  sku
  barcode
  position
  price
  compareAtPrice
  availableForSale
  inventoryQuantity
  inventoryPolicy
  selectedOptions {
    name
    value
  }
  inventoryItem {
    id
    tracked
  }`;

const PRODUCT_FIELDS = `
  id
  handle
  title
  vendor
  productType
  status
  tags
  description(truncateAt: 500)
  isGiftCard
  createdAt
  updatedAt
  publishedAt
  onlineStoreUrl
  featuredMedia {
    alt
    preview {
      image {
        url
      }
    }
  }`;

/** Runs in bulk: every product of whatever status, with its variants. */
export const BULK_PRODUCTS = `#graphql
  query BulkProducts {
    products {
      edges {
        node {
          ${PRODUCT_FIELDS}
          variants {
            edges {
              node {
                ${VARIANT_FIELDS}
              }
            }
          }
        }
      }
    }
  }`;

/** Runs in bulk: every collection, with its products in the order that the shop shows them in. */
export const BULK_COLLECTIONS = `#graphql
  query BulkCollections {
    collections {
      edges {
        node {
          id
          handle
          title
          updatedAt
          products(sortKey: COLLECTION_DEFAULT) {
            edges {
              node {
                id
              }
            }
          }
        }
      }
    }
  }`;

export const PRODUCTS_BY_ID = `#graphql
  query ProductsById($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Product {
        ${PRODUCT_FIELDS}
        variants(first: 100) {
          nodes {
            ${VARIANT_FIELDS}
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }`;

/** The variants of a product beyond those that `PRODUCTS_BY_ID` answers with. */
export const MORE_VARIANTS = `#graphql
  query MoreVariants($id: ID!, $after: String!) {
    product(id: $id) {
      variants(first: 250, after: $after) {
        nodes {
          ${VARIANT_FIELDS}
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }`;

/** Which products changed since a moment, the longest ago first: `$q` is `updated_at:>='…'`. */
export const CHANGED_PRODUCTS = `#graphql
  query ChangedProducts($q: String!, $after: String) {
    products(first: 250, after: $after, query: $q, sortKey: UPDATED_AT) {
      nodes {
        id
        updatedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }`;
