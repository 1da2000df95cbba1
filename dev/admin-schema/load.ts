import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, type GraphQLSchema } from "graphql";

export const API_VERSION = "2026-07";
export const SNAPSHOT = path.join(import.meta.dirname, `admin-${API_VERSION}.graphql`);

/** The committed part of Shopify's Admin GraphQL schema, as `prune.ts` cuts it. */
export const loadAdminSchema = (): GraphQLSchema => buildSchema(readFileSync(SNAPSHOT, "utf8"));
