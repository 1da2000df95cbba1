import type { z } from "zod";
import type { Scope } from "./scopes";

/** An endpoint that is read with GET, as the API's document tells of it. */
export type Described = {
  /** Below `/api/v1`, with the names of what varies in braces. */
  path: string;
  title: string;
  meaning: string;
  scope: Scope;
  parameters: z.ZodObject;
  inPath?: z.ZodObject;
  answer: z.ZodType;
  /** Types of answers besides JSON. */
  otherTypes?: readonly string[];
};
