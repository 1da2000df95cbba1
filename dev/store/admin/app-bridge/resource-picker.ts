import type { ShopifyGlobal } from "@shopify/app-bridge-types";
import type { Parent } from "./parent";

type ResourcePicker = ShopifyGlobal["resourcePicker"];

/** `shopify.resourcePicker`: the admin shows what there is, the merchant chooses. Undefined when they
 * think better of it. dev:api/app-bridge-library/apis/resource-picker */
export function pickResources({ ask }: Parent): ResourcePicker {
  const pick = async (options: Parameters<ResourcePicker>[0]) => {
    const { type, multiple = false, selectionIds = [], query = "" } = options;
    const most = typeof multiple === "number" ? multiple : multiple ? Infinity : 1;
    const chosen = selectionIds.map(({ id }) => id);
    const selection = await ask({ about: "resources", pick: { type, query, most, chosen } });
    return Array.isArray(selection) ? Object.assign(selection, { selection }) : undefined;
  };
  return pick as ResourcePicker;
}
