/** What the app asks Shopify's Admin API about products and collections. */

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

/** How many products there are, of whatever status. */
export const PRODUCTS_COUNT = `#graphql
  query ProductsCount {
    productsCount(limit: null) {
      count
    }
  }`;

/** Which products changed since a moment, the longest ago first: `$q` is `updated_at:>='…'`, or empty for
 * all that there are. */
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

/** A collection with a page of its products, in the order that the shop shows them in. */
export const COLLECTION_BY_ID = `#graphql
  query CollectionById($id: ID!, $after: String) {
    collection(id: $id) {
      id
      handle
      title
      updatedAt
      products(first: 250, after: $after, sortKey: COLLECTION_DEFAULT) {
        nodes {
          id
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }`;
