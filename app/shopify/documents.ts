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
