import { cpuOf, watchMemory } from "../../load/processes";
import { prepareLoad } from "../../load/load";
import type { LoadReport, LoadSpec } from "../../load/spec";

/** A load's report, with what it cost the processes that served it. */
export type Measured = LoadReport & {
  /** Events that were answered for, a second. */
  rate: number;
  /** Processor time in microseconds per event answered for. */
  cpu: { server: number; database: number; load: number };
  /** The most memory that the server held, in bytes. */
  memory: number;
};

/** Runs a load and reads the clocks of the processes around it. */
export async function measure(
  spec: LoadSpec,
  { server, database }: { server: number; database?: number },
): Promise<Measured> {
  const load = await prepareLoad(spec);
  const clocks = () => Promise.all([cpuOf(server), database ? cpuOf(database) : 0]);
  const memory = watchMemory(server);
  const [serverBefore, databaseBefore] = await clocks();
  const report = await load.go();
  const [serverAfter, databaseAfter] = await clocks();
  const events = report.accepted + report.duplicate;
  return {
    ...report,
    rate: events / report.seconds,
    cpu: {
      server: (serverAfter - serverBefore) / events,
      database: (databaseAfter - databaseBefore) / events,
      load: report.cpuMicroseconds / events,
    },
    memory: memory(),
  };
}
