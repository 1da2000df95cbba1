import { z } from "zod";
import { Customer } from "~/events/orders";
import { id, moment, words } from "./payload-parts";

/** The body of `customers/create` and its like, of which names and addresses are not read. */
export const CustomerPayload = z
  .object({
    id,
    created_at: moment.nullish(),
    updated_at: moment,
    state: words(32),
  })
  .transform(({ created_at, updated_at, ...customer }): z.input<typeof Customer> => {
    return { ...customer, createdAt: created_at, updatedAt: updated_at };
  })
  .pipe(Customer);

/** The body of `orders/delete` and `customers/delete`, which says no more. */
export const DeletionPayload = z.object({ id });
