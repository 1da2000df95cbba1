import { HttpResponseError } from "@shopify/shopify-api";

/** The HTTP status of Shopify's refusal; undefined for any other failure. */
export const statusOf = (error: unknown): number | undefined =>
  isResponseError(error) ? error.response.code : undefined;

const isResponseError = (error: unknown): error is HttpResponseError =>
  error instanceof HttpResponseError;
