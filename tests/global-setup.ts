import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "~/platform/embedded-postgres.server";
import { migrate } from "~/platform/migrate.server";
import { browserPath } from "./browser";
import { databaseUrl, onServer, TEMPLATE } from "./server";

/** One PostgreSQL for the whole run: TEST_DATABASE_SERVER if given, else an embedded one. And a browser, unpacked. */
export default async function setup(): Promise<() => Promise<void>> {
  await browserPath();
  const given = process.env.TEST_DATABASE_SERVER;
  const server = given ? { url: given, stop: async () => {} } : await startThrowaway();
  process.env.TEST_DATABASE_SERVER = server.url;
  try {
    await makeTemplate();
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server.stop;
}

async function makeTemplate() {
  await onServer(`drop database if exists ${TEMPLATE} with (force)`, `create database ${TEMPLATE}`);
  await migrate(databaseUrl(TEMPLATE));
}

async function startThrowaway() {
  const folder = await mkdtemp(path.join(tmpdir(), "pixelnova-test-"));
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres(path.join(folder, "postgres"), {
    fsync: "off",
    synchronous_commit: "off",
    max_connections: "200",
  });
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { url: server.url, stop };
}
