import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { expect } from "vitest";
import { freePort } from "~/platform/embedded-postgres.server";
import { startStack, type StackOptions } from "../../dev/stack";
import { test } from "../database";

const PROGRAM = new URL("./starts-a-stack.ts", import.meta.url).pathname;

async function options(databaseUrl: string): Promise<StackOptions> {
  const [admin, tunnel, app, ...storefronts] = await Promise.all(
    Array.from({ length: 5 }, () => freePort()),
  );
  if (!admin || !tunnel || !app) throw new Error("no free ports");
  return {
    ports: { admin, tunnel, app, storefronts },
    app: { apiKey: "k", apiSecret: "s", encryptionKey: Buffer.alloc(32).toString("base64") },
    environment: { DATABASE_URL: databaseUrl, LOG_LEVEL: "warn" },
  };
}

const listens = (port: number) =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  );

async function occupy(port: number) {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return { port: (server.address() as AddressInfo).port, free: () => server.close() };
}

test.for(["admin", "tunnel", "app"] as const)(
  "a taken port for the %s is named, and nothing is left half-started",
  async (part, { dbUrl }) => {
    const asked = await options(dbUrl);
    const { port, free } = await occupy(asked.ports[part]);

    await expect(startStack(asked)).rejects.toThrow(`port ${port} is taken`);

    const others = Object.values(asked.ports)
      .flat()
      .filter((other) => other !== port);
    for (const other of others) expect(await listens(other)).toBe(false);
    free();
  },
);

test("what keeps the app from starting is told in the app's own words", async ({ dbUrl }) => {
  const asked = await options(dbUrl);
  const broken = { ...asked, environment: { ...asked.environment, ROLE: "boss" } };

  await expect(startStack(broken)).rejects.toThrow(/The app did not start:[^]*ROLE/);

  expect(await listens(asked.ports.admin)).toBe(false);
});

test("the app ends when the script that started it is killed", async ({ dbUrl }) => {
  const asked = await options(dbUrl);
  const script = spawn(process.execPath, ["--import", "tsx", PROGRAM, JSON.stringify(asked)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(script.stdout, "data");
  expect(await listens(asked.ports.app)).toBe(true);

  script.kill("SIGKILL");

  await expect.poll(() => listens(asked.ports.app)).toBe(false);
});
