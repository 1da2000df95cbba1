import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startWorld, type World } from "../../dev/load/world";
import { atSomeMoment, attack, luckOf, ROUNDS, rounds, spec } from "./attack";
import { fill, mountSmallDisk, tablesOn, type SmallDisk } from "./small-disk";
import { acknowledged, HONEST } from "./verdict";

const FULL_MS = 2_000;

async function fillUnderLoad(world: World, disk: SmallDisk, round: number): Promise<void> {
  const luck = luckOf("disk", round);
  const { pid } = world.app;
  const load = spec(world, { eventsPerRequest: 50, seconds: 6 });
  const fault = async () => {
    await atSomeMoment(luck);
    const makeRoom = await fill(disk);
    await sleep(FULL_MS);
    await makeRoom();
  };

  const { report, verdict } = await attack(world, { load, fault });

  const { "200": _, ...failures } = report.requests;
  expect(verdict).toEqual(HONEST);
  expect(acknowledged(report)).toBeGreaterThan(0);
  expect(Object.keys(failures)).not.toEqual([]);
  expect(world.app.isRunning && world.app.pid).toBe(pid);
}

test(
  "a full disk refuses, loses nothing, and is forgotten when there is room",
  { timeout: 120_000 + ROUNDS * 60_000 },
  async ({ skip }) => {
    const disk = await mountSmallDisk();
    if ("reason" in disk) {
      process.stderr.write(`No full disk was tried: ${disk.reason}.\n`);
      return skip(disk.reason);
    }
    try {
      const world = await startWorld({ beforeApp: tablesOn(disk) });
      try {
        for (const round of rounds) {
          await fillUnderLoad(world, disk, round);
          await world.query("truncate pixel_events, sessions, page_views");
        }
      } finally {
        await world.end();
      }
    } finally {
      disk.unmount();
    }
  },
);
