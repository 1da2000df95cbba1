import { ABANDONMENT } from "./abandonment.server";
import { TOP_PRODUCTS } from "./top-products.server";
import { VALUES } from "./value.server";

export const CART_REPORTS = [ABANDONMENT, ...VALUES, TOP_PRODUCTS];
