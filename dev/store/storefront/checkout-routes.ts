import { Hono, type Context } from "hono";
import { z } from "zod";
import { OutOfStock } from "../commerce/out-of-stock";
import {
  amountsOf,
  applyDiscount,
  DELIVERY,
  startCheckout,
  STEPS,
  submitStep,
  type Checkout,
  type FieldError,
  type Step,
} from "./checkout";
import { checkoutData } from "./checkout-data";
import { lineDrop } from "./drops";
import { missingPage } from "./page-routes";
import type { PageModel } from "./page-model";
import type { Shopfront } from "./shopfront";

const Submission = z.object({
  step: z.enum(["contact", "address", "shipping", "payment", "discount", "back"]),
  fields: z.record(z.string(), z.string().max(500)),
});
/** Where each step leads back to. */
const BEFORE: Record<Step, Step> = {
  contact: "contact",
  address: "contact",
  shipping: "address",
  payment: "shipping",
};

/** The checkout: one page whose steps follow one another without loading another, as Shopify's own.
 * No theme block, and no script but pixels, runs on it. */
export function checkoutRoutes(shopfront: Shopfront): Hono {
  const { show, cartOf, linesOf, checkouts } = shopfront;
  const checkoutOf = (c: Context) => checkouts.get(c.req.param("token") ?? "");
  const routes = new Hono();
  routes
    .get("/checkout", (c) => {
      const cart = cartOf(c);
      const lines = linesOf(cart);
      if (lines.length === 0) return c.redirect("/cart");
      return c.redirect(`/checkouts/cn/${startCheckout(checkouts, cart, lines).token}`);
    })
    .get("/checkouts/cn/:token", (c) => {
      const checkout = checkoutOf(c);
      if (!checkout) return show(c, missingPage(), 404);
      if (checkout.order) return c.redirect(`${c.req.path}/thank-you`);
      return show(c, checkoutPage(shopfront, c, checkout));
    })
    .post("/checkouts/cn/:token", async (c) => {
      const checkout = checkoutOf(c);
      if (!checkout) return c.json({ message: "no such checkout" }, 404);
      const submission = Submission.safeParse(await c.req.json());
      if (!submission.success) return c.json({ message: z.prettifyError(submission.error) }, 400);
      return submit(shopfront, c, checkout, submission.data);
    })
    .get("/checkouts/cn/:token/thank-you", (c) => {
      const checkout = checkoutOf(c);
      if (!checkout?.order) return show(c, missingPage(), 404);
      const page = thankYouPage(shopfront, c, checkout);
      checkout.isThanked = true;
      return show(c, page);
    });
  return routes;
}

async function submit(
  shopfront: Shopfront,
  c: Context,
  checkout: Checkout,
  { step, fields }: z.output<typeof Submission>,
): Promise<Response> {
  const { commerce, now } = shopfront;
  let errors: FieldError[] = [];
  if (step === "discount") errors = applyDiscount(commerce, checkout, fields.discount ?? "", now());
  else if (step === "back") checkout.step = BEFORE[checkout.step];
  else errors = submitStep(checkout, step, fields);
  if (step === "payment" && errors.length === 0) {
    errors = pay(shopfront, c, checkout);
    if (errors.length === 0) return c.json({ next: `${c.req.path}/thank-you` });
  }
  const page = checkoutPage(shopfront, c, checkout, errors);
  const { "main-checkout": html } = await shopfront.sections(c, ["main-checkout"], page);
  const event = step in STEPS && errors.length === 0 ? STEPS[step as Step] : null;
  return c.json({ html, event, errors, checkout: dataOf(shopfront, c, checkout) });
}

/** Places the order; a shop that has nothing left keeps the money out of it. */
function pay(
  { commerce, customerOf, leaveCart }: Shopfront,
  c: Context,
  checkout: Checkout,
): FieldError[] {
  const { lines, token, cartToken, delivery, discountCode, attributes } = checkout;
  try {
    checkout.order = commerce.placeOrder({
      ...{ checkoutToken: token, cartToken, discountCode, shippingMinor: delivery.priceMinor },
      customerId: customerOf(c)?.id ?? null,
      lines: lines.map(({ product, variant, quantity, properties }) => {
        return { productId: product.id, variantId: variant.id, quantity, properties };
      }),
      noteAttributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
      userAgent: c.req.header("user-agent") ?? null,
    });
  } catch (error) {
    if (!(error instanceof OutOfStock)) throw error;
    return [{ field: "card", message: error.message, type: "INVENTORY_ERROR" }];
  }
  leaveCart(c);
  return [];
}

const dataOf = (
  { commerce, customerOf, isFirstOrder, now }: Shopfront,
  c: Context,
  checkout: Checkout,
) => {
  const buyer = customerOf(c);
  return checkoutData(commerce, checkout, { buyer, isFirstOrder: isFirstOrder(buyer), at: now() });
};

function checkoutPage(
  shopfront: Shopfront,
  c: Context,
  checkout: Checkout,
  errors: readonly FieldError[] = [],
): PageModel {
  const { customerOf, shop } = shopfront;
  const buyer = customerOf(c);
  const known = buyer ? { email: buyer.email, name: `${buyer.firstName} ${buyer.lastName}` } : {};
  return {
    ...{ title: "Checkout", template: "checkout", sections: ["main-checkout"] },
    drops: {
      checkout: drop(shopfront, checkout),
      step: checkout.step,
      steps: Object.keys(STEPS),
      fields: { city: shop.city, ...known, ...checkout.fields },
      errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
      delivery_options: DELIVERY.map((each) => ({
        ...each,
        on: each.handle === checkout.delivery.handle,
      })),
    },
    events: [{ name: "checkout_started", data: { checkout: dataOf(shopfront, c, checkout) } }],
  };
}

function thankYouPage(shopfront: Shopfront, c: Context, checkout: Checkout): PageModel {
  return {
    ...{ title: "Thank you", template: "checkout", sections: ["main-thank-you"] },
    drops: { checkout: drop(shopfront, checkout), order: { name: checkout.order?.name } },
    events: checkout.isThanked
      ? []
      : [{ name: "checkout_completed", data: { checkout: dataOf(shopfront, c, checkout) } }],
  };
}

function drop({ commerce, now }: Shopfront, checkout: Checkout) {
  const amounts = amountsOf(commerce, checkout, now());
  return {
    ...{ token: checkout.token, line_items: checkout.lines.map(lineDrop) },
    ...{ discount_code: checkout.discountCode, discount: amounts.discountMinor },
    ...{ subtotal_price: amounts.subtotalMinor, shipping_price: amounts.shippingMinor },
    total_price: amounts.totalMinor,
  };
}
