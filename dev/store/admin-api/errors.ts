import { GraphQLError } from "graphql";

/** A request that Shopify answers with a top-level error, before or instead of a value. */
export const badRequest = (message: string) =>
  new GraphQLError(message, { extensions: { code: "BAD_REQUEST" } });

/** What a mutation says about its input, beside a null result.
 * @param field the path into the mutation's arguments, null for the mutation as a whole */
export type UserError = { field: string[] | null; message: string; code?: string };
export const userError = (field: string[] | null, message: string, code?: string): UserError => ({
  field,
  message,
  ...(code && { code }),
});
