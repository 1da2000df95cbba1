import { Ajv2020 } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { expect } from "vitest";
import { openApi } from "~/api/openapi.server";

const document = openApi();
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);

/** Holds an answer of the API against the API's own document.
 * @param path of the endpoint, as the document writes it */
export async function expectDocumented(path: string, answer: Response): Promise<unknown> {
  const body: unknown = await answer.clone().json();
  const operation = document.paths[path]?.get;
  if (!operation) throw new Error(`the document does not tell of ${path}`);
  const schema =
    answer.status === 200
      ? operation.responses["200"].content["application/json"].schema
      : document.components.schemas.Problem;
  const isAsTold = ajv.compile(schema);
  expect(isAsTold(body), `${path}: ${ajv.errorsText(isAsTold.errors)}`).toBe(true);
  return body;
}
