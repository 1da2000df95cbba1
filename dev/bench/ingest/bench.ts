import type { LoadSpec } from "../../load/spec";
import type { World } from "../../load/world";
import { countRows } from "./growth";
import { measure, type Measured } from "./measure";
import type { Options } from "./options";

const SINGLE_CONNECTIONS = 256;
const OPEN_CONNECTIONS = 512;
/** Enough that what a server lets wait is never bounded by who may ask. */
export const CROWD_CONNECTIONS = 1_500;
export const BATCH = 50;

/** A world with its options, counting what it was told so that the log can be held against it. */
export class Bench {
  private runs = 0;
  private accepted = 0;
  /** Events whose request failed: in the log or not. */
  private unclear = 0;

  constructor(
    readonly world: World,
    readonly options: Options,
  ) {}

  /** As many events as the server takes, so many to a request. */
  closed(eventsPerRequest: number, seconds = this.options.seconds): Promise<Measured> {
    return this.run({ ...this.closedSpec(eventsPerRequest), seconds });
  }

  /** Requests at a rate fixed in advance, of single events unless told otherwise. */
  open(
    perSecond: number,
    {
      seconds = this.options.seconds,
      connections = OPEN_CONNECTIONS,
      eventsPerRequest = 1,
    }: Partial<Pick<LoadSpec, "seconds" | "connections" | "eventsPerRequest">> = {},
  ): Promise<Measured> {
    return this.run({ eventsPerRequest, connections, perSecond, seconds });
  }

  closedSpec(eventsPerRequest: number) {
    const { connections, seconds } = this.options;
    const singles = Math.max(connections, SINGLE_CONNECTIONS);
    return {
      eventsPerRequest,
      seconds,
      connections: eventsPerRequest === 1 ? singles : connections,
    };
  }

  /** What every run needs besides its shape. */
  common(): Pick<LoadSpec, "keys" | "run" | "seed"> {
    return { keys: this.world.keys, run: ++this.runs, seed: "bench" };
  }

  /** Holds the log against the answers.
   * @throws {Error} they differ: then no figure is worth anything */
  async check(filled = 0): Promise<string> {
    const rows = (await countRows(this.world.query)) - filled;
    if (rows < this.accepted || rows > this.accepted + this.unclear)
      throw new Error(`${this.accepted} events were accepted, ${rows} are in the log`);
    return rows.toLocaleString("en-US");
  }

  private async run(shape: Omit<LoadSpec, "port" | "keys" | "run" | "seed">): Promise<Measured> {
    const { app, database } = this.world;
    const spec = { ...this.common(), ...shape, port: app.port };
    const measured = await measure(spec, { server: app.pid, database: await database.pid() });
    this.accepted += measured.accepted;
    const { 200: taken = 0, unsent = 0, ...others } = measured.requests;
    const failed = Object.values(others).reduce((sum, count) => sum + count, 0);
    if (taken === 0) throw new Error(`nothing was taken, ${failed + unsent} requests failed`);
    this.unclear += failed * shape.eventsPerRequest;
    return measured;
  }
}
