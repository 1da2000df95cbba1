import { z } from "zod";
import {
  CHECKOUT_STEP_NAMES,
  CONDITION_NAMES,
  conditionsOf,
  MOST_WINDOW_DAYS,
  ORDERS,
  STEP_COUNT,
  STEP_KIND_NAMES,
  UNITS_COUNTED,
} from "./steps";

const text = z.string().trim().min(1).max(255).optional();

/** A step of a funnel, as forms and the API bring it. */
const STEP = z
  .strictObject({
    kind: z.enum(STEP_KIND_NAMES),
    ...{ path: text, pageType: text, vendor: text, productType: text, engagement: text },
    productId: z
      .string()
      .regex(/^\d{1,18}$/, "a product's id has up to 18 digits")
      .optional(),
    query: z.string().trim().toLowerCase().min(1).max(255).optional(),
    checkoutStep: z.enum(CHECKOUT_STEP_NAMES).optional(),
  })
  .superRefine((step, context) => {
    const known = conditionsOf(step.kind);
    for (const name of CONDITION_NAMES)
      if (step[name] !== undefined && !known.includes(name))
        context.addIssue({
          ...{ code: "custom", path: [name] },
          message: `a step of kind ${step.kind} has no such condition, only: ${known.join(", ") || "none"}`,
        });
  });

/** JSON, of a form's field or a parameter. */
export const JSON_TEXT = z
  .string()
  .max(8_000)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message: "has to be JSON" });
      return z.NEVER;
    }
  });

export const STEPS = z.array(STEP).min(STEP_COUNT.least).max(STEP_COUNT.most);

const windowMinutes = z.coerce
  .number()
  .int()
  .min(1)
  .max(MOST_WINDOW_DAYS * 24 * 60)
  .describe("How many minutes after the first step the others count.");

/** A funnel besides its steps. */
export const FUNNEL_OPTIONS = {
  order: z
    .enum(ORDERS)
    .describe(
      "ordered: each step after the one before; loose: each after the first, in any order.",
    ),
  windowMinutes,
  countedBy: z.enum(UNITS_COUNTED).describe("What goes through the funnel."),
};

export const FUNNEL_DEFINITION = z.strictObject({ steps: STEPS, ...FUNNEL_OPTIONS });
