import { fork } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { LoadSpec } from "../../load/spec";
import { measure, type Measured } from "./measure";

const SERVER = fileURLToPath(new URL("bare-server.ts", import.meta.url));

/** A load against a server that only reads and parses. */
export async function measureBare(spec: Omit<LoadSpec, "port">): Promise<Measured> {
  const server = fork(SERVER, { execArgv: ["--import", "tsx"] });
  try {
    const [{ port }] = (await once(server, "message")) as [AddressInfo];
    const against = { server: server.pid ?? 0 };
    await measure({ ...spec, port, seconds: 2 }, against); // compiles what is hot
    return await measure({ ...spec, port }, against);
  } finally {
    server.disconnect();
  }
}
