import { readdir, readFile } from "node:fs/promises";

/** What Linux tells of running processes, in /proc. */
const TICKS_PER_SECOND = 100; // the same on every Linux that Node runs on

/** Fields of /proc/<pid>/stat after the name, which may itself hold spaces. */
const PARENT = 1;
const OWN_TIMES = [11, 12];
const ENDED_CHILDRENS_TIMES = [13, 14];

async function fieldsOf(pid: number): Promise<string[]> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""); // gone by now
  return text.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** The living children of a process. */
export async function childrenOf(pid: number): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(async (id) => Number((await fieldsOf(id))[PARENT])));
  return pids.filter((_, index) => parents[index] === pid);
}

/** Processor time in microseconds that a process and its children have used, the ended ones included. */
export async function cpuOf(pid: number): Promise<number> {
  const own = sum(await fieldsOf(pid), [...OWN_TIMES, ...ENDED_CHILDRENS_TIMES]);
  const children = await Promise.all((await childrenOf(pid)).map(fieldsOf));
  const ticks = children.reduce((total, fields) => total + sum(fields, OWN_TIMES), own);
  return (ticks / TICKS_PER_SECOND) * 1_000_000;
}

const sum = (fields: readonly string[], places: readonly number[]) =>
  places.reduce((total, place) => total + Number(fields[place] ?? 0), 0);

/** Resident memory of a process in bytes; 0 when it is gone. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024;
}

/** Watches the resident memory of a process until called; tells the most that it was, in bytes. */
export function watchMemory(pid: number): () => number {
  let most = 0;
  const look = () => void memoryOf(pid).then((bytes) => (most = Math.max(most, bytes)));
  look();
  const timer = setInterval(look, 200);
  return () => {
    clearInterval(timer);
    return most;
  };
}
