import type { LoaderFunctionArgs } from "@remix-run/node";
import { toProblem } from "~/api/problem";
import { NotFound } from "~/platform/errors";

/** Every address under /api that is none of the API's. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  toProblem(new NotFound(`there is nothing at ${new URL(request.url).pathname}`));

export const action = loader;
