import { toListed, type ListedProduct } from "~/catalog/product";
import { isAvailable, type Product, type Variant } from "../../store/catalog/model";

/** A product of the stand-in's as the mirror takes it.
 * @param about.currency the shop's */
export const mirrored = (
  product: Product,
  { currency, imageUrl }: { currency: string; imageUrl: string | null },
): ListedProduct =>
  toListed(
    {
      ...{ id: String(product.id), handle: product.handle, title: product.title },
      ...{ vendor: product.vendor, productType: product.type, status: product.status },
      ...{ tags: product.tags, description: product.description, isGiftCard: false },
      ...{ createdAt: new Date(product.createdAt), updatedAt: new Date(product.updatedAt) },
      publishedAt: product.publishedAt === null ? null : new Date(product.publishedAt),
      onlineStoreUrl: null,
      featuredMedia: imageUrl ? { alt: null, preview: { image: { url: imageUrl } } } : null,
    },
    { variants: product.variants.map(told), currency },
  );

const told = (variant: Variant) => ({
  ...{ id: String(variant.id), title: variant.title, sku: variant.sku, barcode: variant.barcode },
  ...{ position: variant.position, price: decimal(variant.priceMinor) },
  compareAtPrice: variant.compareAtMinor === null ? null : decimal(variant.compareAtMinor),
  ...{ availableForSale: isAvailable(variant), inventoryQuantity: variant.inventoryQuantity },
  ...{ inventoryPolicy: variant.inventoryPolicy, selectedOptions: variant.options },
  inventoryItem: { id: String(variant.inventoryItemId), tracked: variant.tracked },
});

const decimal = (minor: number): string => (minor / 100).toFixed(2);
