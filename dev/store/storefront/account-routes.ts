import { Hono } from "hono";
import { DEMO_CUSTOMERS } from "../commerce/customers";
import { refundedMinor } from "../commerce/orders";
import type { Shopfront } from "./shopfront";

/** A customer's account: no passwords, an e-mail address or a click is enough. */
export function accountRoutes({ commerce, show, customerOf, logIn, logOut }: Shopfront): Hono {
  const routes = new Hono();
  routes
    .get("/account", (c) => {
      const customer = customerOf(c);
      if (!customer) return c.redirect("/account/login");
      const orders = commerce.orders().filter(({ customerId }) => customerId === customer.id);
      return show(c, {
        ...{ title: "Account", template: "customers/account", sections: ["main-account"] },
        drops: {
          orders: orders
            .slice(-20)
            .reverse()
            .map((order) => ({
              ...{ name: order.name, created_at: order.createdAt, total_price: order.totalMinor },
              refunded: refundedMinor(order),
              financial_status_label: order.financialStatus.replaceAll("_", " ").toLowerCase(),
            })),
        },
      });
    })
    .get("/account/login", (c) =>
      show(c, {
        ...{ title: "Log in", template: "customers/login", sections: ["main-login"] },
        drops: {
          accounts: DEMO_CUSTOMERS.map(({ id, email, firstName, lastName }) => {
            return { id, email, name: `${firstName} ${lastName}` };
          }),
          unknown_email: c.req.query("unknown"),
        },
      }),
    )
    .post("/account/login", async (c) => {
      const { id, email } = await c.req.parseBody();
      const customer = commerce
        .customers()
        .find((each) => String(each.id) === id || each.email === email);
      if (!customer) return c.redirect("/account/login?unknown=1", 303);
      logIn(c, customer.id);
      return c.redirect("/account", 303);
    })
    .post("/account/logout", (c) => {
      logOut(c);
      return c.redirect("/account/login", 303);
    });
  return routes;
}
