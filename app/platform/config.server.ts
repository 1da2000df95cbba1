import { z } from "zod";
import { Misconfigured } from "./errors";
import type { Limit } from "./windows";

const wholeNumber = z.coerce.number().int();
const encryptionKey = z
  .base64()
  .refine((text) => Buffer.from(text, "base64").length === 32, "want 32 bytes in base64");

const Environment = z.object({
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: z.string().min(1),
  SHOPIFY_APP_URL: z.url({ protocol: /^https?$/ }),
  ENCRYPTION_KEYS: z
    .string()
    .transform((text) => text.split(",").map((key) => key.trim()))
    .pipe(z.array(encryptionKey).min(1)),
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  DATA_FOLDER: z.string().min(1).default(".pixelnova"),
  BIND_ADDRESS: z.string().min(1).default("127.0.0.1"),
  PORT: wholeNumber.min(1).max(65535).default(3000),
  ROLE: z.enum(["all", "web", "worker"]).default("all"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  EVENT_RETENTION_DAYS: wholeNumber.min(14).default(400),
  EVENTS_PER_SECOND_OF_SHOP: wholeNumber.min(1).default(5_000),
  EVENTS_PER_SECOND_OF_CLIENT: wholeNumber.min(1).default(60),
  METRICS_TOKEN: z.string().min(16).optional(),
  SYNC_SECRET: z.string().min(16).optional(),
  TRUST_PROXY: z.stringbool().default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.email().optional(),
  ALLOW_PRIVATE_WEBHOOKS: z.stringbool().default(false),
});

/** One is of no use without the other. */
const hasBothOrNoneOfMail = (env: { SMTP_URL?: string; MAIL_FROM?: string }) =>
  (env.SMTP_URL === undefined) === (env.MAIL_FROM === undefined);

const DatabaseEnvironment = Environment.pick({
  DATABASE_URL: true,
  DATA_FOLDER: true,
  EVENT_RETENTION_DAYS: true,
});
export type DatabaseConfig = Pick<Config, "databaseUrl" | "dataFolder" | "eventRetentionDays">;

export type Config = {
  shopify: { apiKey: string; apiSecret: string; appUrl: string };
  /** 32-byte keys in base64; the first encrypts, all decrypt. */
  encryptionKeys: string[];
  /** Absent: an embedded PostgreSQL in `dataFolder` is started with the process. */
  databaseUrl: string | undefined;
  dataFolder: string;
  bindAddress: string;
  port: number;
  role: "all" | "web" | "worker";
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  eventRetentionDays: number;
  /** How much of the events' door one shop and one browser may use. */
  eventLimits: { perShop: Limit; perClient: Limit };
  /** What Prometheus shows to read `/metrics`; absent: nobody reads them. */
  metricsToken: string | undefined;
  /** What a scheduler shows to ask for syncs; absent: none can. */
  syncSecret: string | undefined;
  /** Whether whoever connects is a proxy that tells whom it connects for, on whatever machine. */
  trustProxy: boolean;
  /** The server that e-mails go through, and whom they are from; absent: no e-mail is sent. */
  mail: MailConfig | undefined;
  /** Whether a merchant's webhook may be an address of this machine or its network: in development. */
  allowPrivateWebhooks: boolean;
};
export type MailConfig = { smtpUrl: string; from: string };

/** Limits count over this many seconds, so that a pixel may send at once what has waited. */
const WINDOW_SECONDS = 10;
const perWindow = (perSecond: number): Limit => ({
  count: perSecond * WINDOW_SECONDS,
  seconds: WINDOW_SECONDS,
});

/** Reads the whole configuration from the environment.
 * @throws {Misconfigured} naming every missing and every unusable variable at once */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const parsed = Environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new Misconfigured(explain(parsed.error, environment));
  const env = parsed.data;
  if (!hasBothOrNoneOfMail(env)) throw new Misconfigured(HALF_OF_MAIL);
  return {
    shopify: {
      apiKey: env.SHOPIFY_API_KEY,
      apiSecret: env.SHOPIFY_API_SECRET,
      appUrl: new URL(env.SHOPIFY_APP_URL).origin,
    },
    encryptionKeys: env.ENCRYPTION_KEYS,
    databaseUrl: env.DATABASE_URL,
    dataFolder: env.DATA_FOLDER,
    bindAddress: env.BIND_ADDRESS,
    port: env.PORT,
    role: env.ROLE,
    logLevel: env.LOG_LEVEL,
    eventRetentionDays: env.EVENT_RETENTION_DAYS,
    eventLimits: {
      perShop: perWindow(env.EVENTS_PER_SECOND_OF_SHOP),
      perClient: perWindow(env.EVENTS_PER_SECOND_OF_CLIENT),
    },
    metricsToken: env.METRICS_TOKEN,
    syncSecret: env.SYNC_SECRET,
    trustProxy: env.TRUST_PROXY,
    mail:
      env.SMTP_URL && env.MAIL_FROM ? { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM } : undefined,
    allowPrivateWebhooks: env.ALLOW_PRIVATE_WEBHOOKS,
  };
}

const HALF_OF_MAIL =
  "The environment is not complete:\n  SMTP_URL and MAIL_FROM are set together, or neither is";

function explain(error: z.ZodError, environment: Record<string, string | undefined>): string {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return environment[name] ? `  ${name}: ${issue.message}` : `  ${name} is missing`;
  });
  return ["The environment is not complete:", ...new Set(lines)].join("\n");
}

/** What a command needs that only works on the database.
 * @throws {Misconfigured} naming every unusable variable at once */
export function readDatabaseConfig(
  environment: Record<string, string | undefined>,
): DatabaseConfig {
  const given = Object.entries(environment).filter(([, value]) => value !== "");
  const parsed = DatabaseEnvironment.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw new Misconfigured(explain(parsed.error, environment));
  const { DATABASE_URL, DATA_FOLDER, EVENT_RETENTION_DAYS } = parsed.data;
  return {
    databaseUrl: DATABASE_URL,
    dataFolder: DATA_FOLDER,
    eventRetentionDays: EVENT_RETENTION_DAYS,
  };
}
