import { z } from "zod";
import { CATALOG_ENDPOINTS } from "./catalog-endpoints";
import type { Described } from "./described";
import { reportEndpoints } from "./report-endpoints.server";

export const describedEndpoints = (): Described[] => [...CATALOG_ENDPOINTS, ...reportEndpoints()];

/** The API's document, made of the schemas that read its parameters and say what its answers look like.
 * @see OpenAPI 3.1.1 */
export const openApi = () => ({
  openapi: "3.1.1",
  info: {
    title: "Pixelnova",
    version: "1",
    description: "A shop's catalogue, alerts and analytics, for the merchant's own programs.",
  },
  servers: [{ url: "/api/v1" }],
  security: [{ token: [] }],
  paths: Object.fromEntries(
    describedEndpoints().map((endpoint) => [endpoint.path, { get: operationOf(endpoint) }]),
  ),
  components: {
    securitySchemes: {
      token: { type: "http", scheme: "bearer", description: "A token from the page API tokens." },
    },
    schemas: { Problem: jsonSchema(Problem) },
    responses: { Problem: PROBLEM },
  },
});

/** RFC 9457. */
const Problem = z.strictObject({
  type: z.literal("about:blank"),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe("What was wrong, what was wanted and what came."),
  code: z.string().describe("What a program should look at."),
});
const PROBLEM = {
  description: "A failure.",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
};
const REFUSALS = ["400", "401", "403", "404", "429", "500", "503"];

const operationOf = (endpoint: Described) => ({
  operationId: endpoint.path.slice(1).replaceAll(/[{}]/g, "").replaceAll("/", "-"),
  ...{ summary: endpoint.title, description: `${endpoint.meaning} Scope: ${endpoint.scope}.` },
  parameters: [
    ...(endpoint.inPath ? parametersOf(endpoint.inPath, "path") : []),
    ...parametersOf(endpoint.parameters, "query"),
  ],
  responses: {
    "200": {
      description: endpoint.title,
      headers: { ETag: { schema: { type: "string" } } },
      content: {
        "application/json": { schema: jsonSchema(endpoint.answer) },
        ...Object.fromEntries(
          (endpoint.otherTypes ?? []).map((type) => [type, { schema: { type: "string" } }]),
        ),
      },
    },
    "304": { description: "It is as the caller has it." },
    ...Object.fromEntries(
      REFUSALS.map((status) => [status, { $ref: "#/components/responses/Problem" }]),
    ),
  },
});

const parametersOf = ({ shape }: z.ZodObject, where: "path" | "query") =>
  Object.entries(shape).map(([name, schema]) => {
    const { description, ...rest } = jsonSchema(schema as z.ZodType);
    return {
      ...{ name, in: where, required: where === "path", schema: rest },
      ...(description === undefined ? {} : { description }),
    };
  });

function jsonSchema(schema: z.ZodType) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { unrepresentable: "any" });
  return rest;
}
