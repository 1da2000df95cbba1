import type { Product } from "../../catalog/model";
import { gid, toSeconds } from "../gid";
import type { Node, ShopScope } from "../scope";

/** Pixels of the drawn pictures, which are square. */
const SIZE = 1200;

type Transform = { transform?: { maxWidth?: number | null; maxHeight?: number | null } | null };

/** A product's picture: drawn on the storefront, and without a media id of its own in the catalogue. */
export function pictureOf(scope: ShopScope, product: Product): Node {
  const image = imageNode(scope, product);
  return {
    ...{ __typename: "MediaImage", id: gid("MediaImage", product.id), alt: product.title },
    ...{ mediaContentType: "IMAGE", status: "READY", fileStatus: "READY" },
    ...{ createdAt: toSeconds(product.createdAt), updatedAt: toSeconds(product.createdAt) },
    ...{ mimeType: "image/svg+xml", image, preview: { image, status: "READY" } },
  };
}

/** A picture scales without loss, so a transformed one differs by its address only. */
export function imageNode({ platform, shop }: ShopScope, product: Product): Node {
  const storefront = platform.addresses.storefronts[shop.domain] ?? "";
  const address = `${storefront}/images/${product.handle}.svg`;
  return {
    ...{ __typename: "Image", id: gid("ImageSource", product.id), altText: product.title },
    ...{ width: SIZE, height: SIZE, thumbhash: null },
    url: ({ transform }: Transform) => {
      const width = transform?.maxWidth ?? transform?.maxHeight;
      return typeof width === "number" ? `${address}?width=${width}` : address;
    },
  };
}
