import { useLoaderData } from "@remix-run/react";
import { openApi } from "~/api/openapi.server";
import styles from "~/components/api-docs.css?url";

/** GET /api/v1: the API's document for people. */
export const loader = () => {
  const { info, servers, paths } = openApi();
  const endpoints = Object.entries(paths).map(([path, { get }]) => ({ path, ...get }));
  return { info, base: servers[0]?.url ?? "", endpoints };
};

export const meta = () => [{ title: "Pixelnova API" }];
export const links = () => [{ rel: "stylesheet", href: styles }];

type Endpoint = ReturnType<typeof useLoaderData<typeof loader>>["endpoints"][number];

export default function ApiDocs() {
  const { info, base, endpoints } = useLoaderData<typeof loader>();
  return (
    <main className="api-docs">
      <h1>{info.title} API</h1>
      <p>{info.description}</p>
      <p>
        Send a token with every call: <code>Authorization: Bearer pnv_…</code>. For programs, the
        same as <a href={`${base}/openapi.json`}>OpenAPI 3.1</a>.
      </p>
      <nav aria-label="Endpoints">
        <ul>
          {endpoints.map(({ path, operationId, summary }) => (
            <li key={path}>
              <a href={`#${operationId}`}>{path}</a> {summary}
            </li>
          ))}
        </ul>
      </nav>
      {endpoints.map((endpoint) => (
        <Operation key={endpoint.path} base={base} {...endpoint} />
      ))}
    </main>
  );
}

const Operation = ({
  base,
  path,
  operationId,
  description,
  ...rest
}: Endpoint & { base: string }) => (
  <section id={operationId}>
    <h2>
      <code>GET {base + path}</code>
    </h2>
    <p>{description}</p>
    {rest.parameters.length > 0 && (
      <table>
        <caption>Parameters</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">What it may be</th>
            <th scope="col">What it asks</th>
          </tr>
        </thead>
        <tbody>
          {rest.parameters.map(({ name, schema, description }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{wordsOf(schema)}</td>
              <td>{description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    <details>
      <summary>The answer&apos;s schema</summary>
      <pre tabIndex={0}>
        {JSON.stringify(rest.responses["200"].content["application/json"].schema, null, 2)}
      </pre>
    </details>
  </section>
);

type Schema = { type?: unknown; enum?: unknown[]; format?: unknown; default?: unknown };

function wordsOf(schema: Schema): string {
  const kind = schema.enum ? schema.enum.join(", ") : [schema.type, schema.format].flat();
  const usual =
    schema.default === undefined ? "" : `; ${JSON.stringify(schema.default)} unless told`;
  return [kind].flat().filter(Boolean).join(", ") + usual;
}
