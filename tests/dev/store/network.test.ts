import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect } from "vitest";
import { test } from "./running-store";

const run = promisify(execFile);

/** Runs a line of JavaScript in a process of its own with the preload. */
const inApp = (code: string, env: Record<string, string>) =>
  run(
    process.execPath,
    ["--import", "./dev/store/network.mjs", "--input-type=module", "-e", code],
    {
      env: { ...process.env, ...env },
    },
  );

test("a process with the preload reaches a shop by its own address", async ({ store, tea }) => {
  const code = `const response = await fetch("https://${tea.domain}/admin/oauth/access_token", {
    method: "POST", body: JSON.stringify({ client_id: "unknown" }) });
  console.log(response.status, (await response.json()).error);`;

  const { stdout } = await inApp(code, { STORE_ADDRESS: store.address });

  expect(stdout.trim()).toBe("400 invalid_client");
});

test("other addresses are left alone", async ({ store, app }) => {
  const code = `console.log(await (await fetch("${app.address}/data")).text());`;

  const { stdout } = await inApp(code, { STORE_ADDRESS: store.address });

  expect(JSON.parse(stdout)).toEqual({ authorization: null });
});

test("the preload says what it is missing", async () => {
  await expect(inApp("", { STORE_ADDRESS: "" })).rejects.toThrow("wants STORE_ADDRESS");
});
