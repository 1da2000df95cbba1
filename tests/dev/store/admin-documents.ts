/** What an analytics app asks of the Admin API, each in one place of its many. They hold for Shopify's
 * schema 2026-07 and use nothing that is deprecated. */
export const BULK_PRODUCTS = `#graphql
  { products(query: "status:active") { edges { node { id legacyResourceId handle title vendor
    productType status tags createdAt updatedAt publishedAt onlineStoreUrl isGiftCard
    hasOnlyDefaultVariant requiresSellingPlan totalInventory tracksInventory
    description(truncateAt: 500) category { id fullName } featuredMedia { id alt preview { image {
    url width height } } } priceRangeV2 { minVariantPrice { amount currencyCode } maxVariantPrice
    { amount currencyCode } } options { name position values } variants { edges { node { id
    legacyResourceId title sku barcode position price compareAtPrice availableForSale
    sellableOnlineQuantity inventoryQuantity inventoryPolicy taxable selectedOptions { name value
    } unitPrice { amount currencyCode } unitPriceMeasurement { measuredType quantityUnit
    quantityValue referenceUnit referenceValue } inventoryItem { id tracked } } } } collections {
    edges { node { id } } } } } } }`;

export const BULK_COLLECTIONS = `#graphql
  { collections { edges { node { id legacyResourceId handle title updatedAt sortOrder
    productsCount { count precision } image { url altText width height } products(sortKey:
    COLLECTION_DEFAULT) { edges { node { id } } } } } } }`;

export const BULK_ORDERS = `#graphql
  { orders(query: "created_at:>='2026-09-01T00:00:00Z'", sortKey: CREATED_AT) { edges { node { id
    legacyResourceId name createdAt processedAt updatedAt cancelledAt cancelReason test
    currencyCode presentmentCurrencyCode displayFinancialStatus sourceName cartToken checkoutToken
    discountCodes currentTotalPriceSet { shopMoney { amount currencyCode } } totalPriceSet {
    shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } } subtotalPriceSet
    { shopMoney { amount } } totalDiscountsSet { shopMoney { amount } } totalRefundedSet {
    shopMoney { amount } } customer { id numberOfOrders } customAttributes { key value }
    customerJourneySummary { ready customerOrderIndex daysToConversion lastVisit { source
    sourceType referrerUrl landingPage occurredAt utmParameters { source medium campaign term
    content } } } lineItems { edges { node { id title sku quantity currentQuantity isGiftCard
    product { id } variant { id } originalUnitPriceSet { shopMoney { amount currencyCode } }
    discountedTotalSet(withCodeDiscounts: true) { shopMoney { amount } } customAttributes { key
    value } sellingPlan { name } } } } } } } }`;

export const BULK_RUN = `#graphql
  mutation ($q: String!) { bulkOperationRunQuery(query: $q, groupObjects: false) { bulkOperation {
    id status type createdAt } userErrors { code field message } } }`;

export const BULK_OPERATION = `#graphql
  query ($id: ID!) { bulkOperation(id: $id) { id status type errorCode createdAt completedAt
    objectCount rootObjectCount fileSize url partialDataUrl } }`;

export const BULK_OPERATIONS = `#graphql
  { bulkOperations(first: 10, query: "status:running operation_type:query", sortKey: CREATED_AT,
    reverse: true) { nodes { id status type createdAt objectCount } pageInfo { hasNextPage
    endCursor } } }`;

export const BULK_CANCEL = `#graphql
  mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { id status } userErrors {
    field message } } }`;

export const PRODUCT = `#graphql
  query ($id: ID!) { product(id: $id) { id legacyResourceId handle title status vendor productType
    tags updatedAt onlineStoreUrl featuredMedia { alt preview { image { url(transform: { maxWidth:
    600 }) width height } } } collections(first: 50) { nodes { id handle } } variants(first: 250)
    { nodes { id title sku price compareAtPrice availableForSale inventoryQuantity inventoryPolicy
    position selectedOptions { name value } inventoryItem { id tracked } } pageInfo { hasNextPage
    endCursor } } } }`;

export const NODES = `#graphql
  query ($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Product { id handle title status
    updatedAt } ... on ProductVariant { id price product { id } } } }`;

export const PRODUCT_PAGE = `#graphql
  query ($after: String, $q: String) { products(first: 100, after: $after, query: $q, sortKey:
    UPDATED_AT) { nodes { id updatedAt } pageInfo { hasNextPage endCursor } } }`;

export const INVENTORY_ITEM = `#graphql
  query ($id: ID!) { inventoryItem(id: $id) { id tracked variants(first: 5) { nodes { id product {
    id } } } inventoryLevels(first: 50) { nodes { location { id } quantities(names: ["available",
    "on_hand"]) { name quantity } } } } }`;

export const ORDER_PAGE = `#graphql
  query ($after: String, $q: String) { orders(first: 50, after: $after, query: $q, sortKey:
    UPDATED_AT) { nodes { id name updatedAt cancelledAt test cartToken checkoutToken
    currentTotalPriceSet { shopMoney { amount currencyCode } } lineItems(first: 100) { nodes { id
    quantity currentQuantity product { id } variant { id } } pageInfo { hasNextPage endCursor } }
    refunds(first: 10) { id createdAt totalRefundedSet { shopMoney { amount } }
    refundLineItems(first: 50) { nodes { quantity lineItem { id } subtotalSet { shopMoney { amount
    } } } } } } pageInfo { hasNextPage endCursor } } }`;

export const ORDER_BY_TOKEN = `#graphql
  query ($q: String!) { orders(first: 1, query: $q) { nodes { id checkoutToken cartToken } } }`;

export const COUNTS = `#graphql
  { productsCount(query: "status:active") { count precision } ordersCount(query:
    "created_at:>='2026-09-01'") { count precision } }`;

export const SHOP = `#graphql
  { shop { id name email contactEmail myshopifyDomain url primaryDomain { host url } currencyCode
    enabledPresentmentCurrencies ianaTimezone timezoneOffsetMinutes weightUnit taxesIncluded
    createdAt plan { publicDisplayName partnerDevelopment shopifyPlus } currencyFormats {
    moneyFormat moneyWithCurrencyFormat } shopAddress { countryCodeV2 } resourceLimits {
    maxProductVariants maxProductOptions } } shopLocales(published: true) { locale primary } }`;

export const INSTALLATION = `#graphql
  { currentAppInstallation { id launchUrl app { id handle apiKey } accessScopes { handle }
    activeSubscriptions { id name status test trialDays createdAt currentPeriodEnd lineItems { id
    plan { pricingDetails { __typename ... on AppRecurringPricing { price { amount currencyCode }
    interval planHandle } ... on AppUsagePricing { cappedAmount { amount currencyCode }
    balanceUsed { amount currencyCode } terms } } } } } metafields(first: 20) { nodes { namespace
    key type value jsonValue compareDigest sizeInBytes } } } }`;

export const PRIVACY = `#graphql
  { privacySettings { banner { enabled autoManaged } dataSaleOptOutPage { autoManaged } }
    consentPolicy { id countryCode regionCode consentRequired dataSaleOptOutRequired } }`;

export const WEB_PIXEL = `#graphql
  { webPixel { id settings } }`;

export const WEB_PIXEL_CREATE = `#graphql
  mutation ($webPixel: WebPixelInput!) { webPixelCreate(webPixel: $webPixel) { webPixel { id
    settings } userErrors { code field message } } }`;

export const WEB_PIXEL_UPDATE = `#graphql
  mutation ($id: ID!, $webPixel: WebPixelInput!) { webPixelUpdate(id: $id, webPixel: $webPixel) {
    webPixel { id settings } userErrors { code field message } } }`;

export const WEB_PIXEL_DELETE = `#graphql
  mutation ($id: ID!) { webPixelDelete(id: $id) { deletedWebPixelId userErrors { code field
    message } } }`;

export const METAFIELDS_SET = `#graphql
  mutation ($m: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $m) { metafields { id
    namespace key value compareDigest } userErrors { code field message elementIndex } } }`;

export const METAFIELDS_DELETE = `#graphql
  mutation ($m: [MetafieldIdentifierInput!]!) { metafieldsDelete(metafields: $m) {
    deletedMetafields { ownerId namespace key } userErrors { field message } } }`;

export const METAOBJECT_UPSERT = `#graphql
  mutation ($h: MetaobjectHandleInput!, $v: JSON) { metaobjectUpsert(handle: $h, values: $v) {
    metaobject { id handle type values updatedAt } userErrors { code field message } } }`;

export const METAOBJECTS = `#graphql
  { metaobjects(type: "$app:placement", first: 50) { nodes { id handle displayName values
    updatedAt } pageInfo { hasNextPage endCursor } } }`;

export const PRODUCT_METAFIELD = `#graphql
  query ($id: ID!) { product(id: $id) { metafield(namespace: "$app", key: "recs") { jsonValue type
    updatedAt } } }`;

export const THEMES = `#graphql
  { themes(first: 1, roles: [MAIN]) { nodes { id name role files(first: 5, filenames:
    ["config/settings_data.json", "templates/product.json"]) { nodes { filename size body {
    __typename ... on OnlineStoreThemeFileBodyText { content } ... on OnlineStoreThemeFileBodyUrl
    { url } ... on OnlineStoreThemeFileBodyBase64 { contentBase64 } } } } } } }`;

export const WEBHOOK_SUBSCRIPTIONS = `#graphql
  { webhookSubscriptions(first: 50) { nodes { id topic uri format filter includeFields apiVersion
    { handle supported } name } } }`;

export const SUBSCRIPTION_CREATE = `#graphql
  mutation ($name: String!, $lineItems: [AppSubscriptionLineItemInput!]!, $returnUrl: URL!,
    $trialDays: Int, $test: Boolean) { appSubscriptionCreate(name: $name, lineItems: $lineItems,
    returnUrl: $returnUrl, trialDays: $trialDays, test: $test) { confirmationUrl appSubscription {
    id status } userErrors { field message } } }`;

export const USAGE_RECORD_CREATE = `#graphql
  mutation ($id: ID!, $price: MoneyInput!, $d: String!, $k: String) {
    appUsageRecordCreate(subscriptionLineItemId: $id, price: $price, description: $d,
    idempotencyKey: $k) { appUsageRecord { id } userErrors { field message } } }`;

export const SUBSCRIPTION_CANCEL = `#graphql
  mutation ($id: ID!) { appSubscriptionCancel(id: $id, prorate: false) { appSubscription { id
    status } userErrors { field message } } }`;
