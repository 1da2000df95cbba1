import { readFileSync } from "node:fs";
import { ApiVersion } from "@shopify/shopify-api";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { pixelSettings } from "~/shopify/pixel";
import { WEBHOOK_HANDLERS } from "~/webhooks.server";
import { API_VERSION } from "../../dev/admin-schema/load";
import { parseToml } from "./toml";

const read = (file: string) => parseToml(readFileSync(file, "utf8"));
const relative = z.string().regex(/^\/[\w/-]*$/);

/** The keys that Shopify documents, as far as this app may come to use them.
 * @see https://shopify.dev/docs/apps/build/cli-for-apps/app-configuration */
const AppToml = z.strictObject({
  client_id: z.string().length(32),
  name: z.string().max(30),
  handle: z.string().max(256).optional(),
  application_url: z.url({ protocol: /^https$/ }),
  embedded: z.literal(true),
  extension_directories: z.array(z.string()).optional(),
  access_scopes: z.strictObject({ scopes: z.string() }),
  auth: z.strictObject({ redirect_urls: z.array(z.url({ protocol: /^https$/ })).min(1) }),
  webhooks: z.strictObject({
    api_version: z.string(),
    subscriptions: z.array(
      z.strictObject({
        topics: z.array(z.string()).optional(),
        compliance_topics: z
          .array(z.enum(["customers/data_request", "customers/redact", "shop/redact"]))
          .optional(),
        include_fields: z.array(z.string()).optional(),
        uri: relative,
      }),
    ),
  }),
  app_proxy: z.strictObject({
    url: relative,
    prefix: z.enum(["a", "apps", "community", "tools"]),
    subpath: z.string().regex(/^[\w-]{1,30}$/),
  }),
  build: z
    .strictObject({
      automatically_update_urls_on_dev: z.boolean().optional(),
      include_config_on_deploy: z.boolean().optional(),
    })
    .optional(),
});

const WebToml = z.strictObject({
  name: z.string(),
  roles: z.array(z.enum(["frontend", "backend", "background"])),
  webhooks_path: relative,
  auth_callback_path: relative,
  commands: z.strictObject({ predev: z.string().optional(), dev: z.string() }),
});

const PixelToml = z.looseObject({
  settings: z.looseObject({ fields: z.record(z.string(), z.looseObject({})) }),
});

const app = AppToml.parse(read("shopify.app.toml"));
const topics = app.webhooks.subscriptions.flatMap((subscription) => [
  ...(subscription.topics ?? []),
  ...(subscription.compliance_topics ?? []),
]);

describe("shopify.app.toml", () => {
  test("subscribes to exactly the topics that are handled, each once, at our address", () => {
    expect(topics.sort()).toEqual(Object.keys(WEBHOOK_HANDLERS).sort());
    expect(new Set(app.webhooks.subscriptions.map(({ uri }) => uri))).toEqual(
      new Set(["/webhooks"]),
    );
  });

  test("speaks the API version of the code and of the schema snapshot", () => {
    expect(app.webhooks.api_version).toBe(ApiVersion.July26);
    expect(app.webhooks.api_version).toBe(API_VERSION);
  });

  test("asks for what the pixel, verified orders and the catalogue need, and nothing else", () => {
    expect(app.access_scopes.scopes.split(",")).toEqual([
      ...["write_pixels", "read_customer_events"],
      ...["read_orders", "read_customers", "read_products", "read_inventory", "write_app_proxy"],
      "read_themes",
    ]);
  });

  test("redirects to its own address only", () => {
    const origins = app.auth.redirect_urls.map((url) => new URL(url).origin);

    expect(new Set(origins)).toEqual(new Set([app.application_url]));
  });
});

test("shopify.web.toml starts the app by a script that exists", () => {
  const web = WebToml.parse(read("shopify.web.toml"));
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()).default({}) })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));

  const [npm, run, script] = web.commands.dev.split(" ");

  expect([npm, run]).toEqual(["npm", "run"]);
  expect(Object.keys(scripts)).toContain(script);
  expect(web.webhooks_path).toBe("/webhooks");
});

test("the pixel's settings are the ones that we send it", () => {
  const { settings } = PixelToml.parse(read("extensions/pixel/shopify.extension.toml"));

  const sent = Object.keys(pixelSettings("https://app.example", "key"));

  expect(Object.keys(settings.fields).sort()).toEqual(sent.sort());
});
