import { z } from "zod";
import { parsePayload, type WebhookHandlers } from "~/shopify/webhook-delivery.server";
import { noteTheme } from "./changes.server";

/** dev:api/webhooks/latest: sent for a theme that gets the role main, or mobile in old shops. */
const ThemePayload = z.object({ name: z.string(), role: z.string() });

/** Themes change what shoppers do: charts are marked where one was published. */
export const ANNOTATION_WEBHOOKS: WebhookHandlers = {
  "themes/publish": async ({ db }, delivery) => {
    const { name, role } = parsePayload(ThemePayload, delivery);
    if (role !== "main") return;
    const now = new Date();
    await noteTheme(db, delivery.shopId, { name, at: delivery.triggeredAt ?? now, now });
  },
};
