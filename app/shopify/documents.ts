/** What the app asks Shopify's Admin API, but for products. A test holds all of it against its schema. */

export const SHOP = `#graphql
  query Shop {
    shop {
      id
      name
      currencyCode
      currencyFormats {
        moneyFormat
      }
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
      createdAt
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
