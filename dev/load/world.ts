import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { chance } from "../chance";
import { LoadApp } from "./app";
import { LoadDatabase } from "./database";

const SHOPS = 20;

/** A database and an app of their own, with shops to send events for. */
export type World = {
  folder: string;
  database: LoadDatabase;
  app: LoadApp;
  /** The shops' pixel keys. */
  keys: string[];
  query: <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
  end: () => Promise<void>;
};

export type WorldOptions = {
  /** The app's settings on top of its own. */
  environment?: Record<string, string>;
  /** Runs on the empty database before the app sees it. */
  beforeApp?: (query: World["query"], database: LoadDatabase) => Promise<void>;
};

export async function startWorld({ environment, beforeApp }: WorldOptions = {}): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), "pixelnova-load-"));
  await chmod(folder, 0o755); // the database may run as a user of its own
  const database = await LoadDatabase.start(path.join(folder, "postgres"));
  const query: World["query"] = async (sql, values) => ask(database.url, sql, values);
  await beforeApp?.(query, database);
  const app = await LoadApp.start({ DATABASE_URL: database.url, ...environment });
  const end = async () => {
    await app.stop().finally(() => database.stop());
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, database, app, keys: await makeShops(query), query, end };
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string, values?: unknown[]) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {}); // the query itself tells when the database goes away
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function makeShops(query: World["query"]): Promise<string[]> {
  const luck = chance("shops under load");
  const keys = Array.from({ length: SHOPS }, () => luck.uuid().replaceAll("-", ""));
  await query(
    `insert into shops (domain, pixel_key, time_zone, currency)
     select 'load-' || number || '.myshopify.com', key, 'Europe/Berlin', 'EUR'
     from unnest($1::text[]) with ordinality as shop(key, number)`,
    [keys],
  );
  return keys;
}
