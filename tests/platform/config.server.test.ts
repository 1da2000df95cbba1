import { expect, test } from "vitest";
import { readConfig, readDatabaseConfig } from "~/platform/config.server";

const COMPLETE = {
  SHOPIFY_API_KEY: "key",
  SHOPIFY_API_SECRET: "secret",
  SHOPIFY_APP_URL: "https://app.example.com/somewhere",
  ENCRYPTION_KEYS: Buffer.alloc(32).toString("base64"),
};

test("what is left out has a default", () => {
  expect(readConfig(COMPLETE)).toMatchObject({
    shopify: { appUrl: "https://app.example.com" },
    databaseUrl: undefined,
    port: 3000,
    bindAddress: "127.0.0.1",
    role: "all",
  });
});

test("every missing variable is named at once, an empty one too", () => {
  expect(() => readConfig({ SHOPIFY_API_KEY: "" })).toThrow(
    [
      "The environment is not complete:",
      "  SHOPIFY_API_KEY is missing",
      "  SHOPIFY_API_SECRET is missing",
      "  SHOPIFY_APP_URL is missing",
      "  ENCRYPTION_KEYS is missing",
    ].join("\n"),
  );
});

test.for([
  ["PORT", "70000"],
  ["PORT", "http"],
  ["ROLE", "boss"],
  ["SHOPIFY_APP_URL", "app.example.com"],
  ["ENCRYPTION_KEYS", Buffer.alloc(16).toString("base64")],
  ["ENCRYPTION_KEYS", "not base64!"],
  ["DATABASE_URL", "mysql://somewhere"],
  ["EVENT_RETENTION_DAYS", "1"],
  ["SMTP_URL", "http://mail.example.com"],
  ["MAIL_FROM", "Alerts"],
])("%s does not take %s, and the message says which variable it was", ([name, value]) => {
  expect(() => readConfig({ ...COMPLETE, [name as string]: value })).toThrow(
    new RegExp(`${name}: `),
  );
});

test("several encryption keys are taken in their order", () => {
  const keys = [1, 2].map((fill) => Buffer.alloc(32, fill).toString("base64"));
  expect(readConfig({ ...COMPLETE, ENCRYPTION_KEYS: keys.join(", ") }).encryptionKeys).toEqual(
    keys,
  );
});

test("a command needs nothing but the database, and has defaults for it", () => {
  expect(readDatabaseConfig({ DATABASE_URL: "" })).toEqual({
    databaseUrl: undefined,
    dataFolder: ".pixelnova",
    eventRetentionDays: 400,
  });
  expect(() => readDatabaseConfig({ DATABASE_URL: "mysql://here" })).toThrow("DATABASE_URL");
});

test("e-mails want a server and a sender, or neither", () => {
  const [SMTP_URL, MAIL_FROM] = ["smtp://mail.example.com:587", "alerts@example.com"];

  expect(readConfig(COMPLETE).mail).toBeUndefined();
  expect(readConfig({ ...COMPLETE, SMTP_URL, MAIL_FROM }).mail).toEqual({
    ...{ smtpUrl: SMTP_URL, from: MAIL_FROM },
  });
  for (const half of [{ SMTP_URL }, { MAIL_FROM }])
    expect(() => readConfig({ ...COMPLETE, ...half })).toThrow("SMTP_URL and MAIL_FROM");
});
