import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import {
  atSomeMoment,
  attack,
  everydayMemory,
  isShort,
  luckOf,
  memoryShare,
  rounds,
  spec,
  test,
} from "./attack";
import { acknowledged, HONEST } from "./verdict";

const PAUSE_SECONDS = isShort ? 3 : 30;
const LIMIT = { timeout: 180_000 };

describe.for(rounds)("round %i", (round) => {
  test("a killed app has lost nothing that it acknowledged", LIMIT, async ({ world }) => {
    const luck = luckOf("app", round);
    const everyday = await everydayMemory(world);
    const load = spec(world, { eventsPerRequest: luck.pick([1, 10, 50]) });
    const fault = async () => {
      await atSomeMoment(luck);
      await world.app.kill();
      await world.app.restart();
    };

    const { report, verdict } = await attack(world, { load, fault });

    expect(verdict).toEqual(HONEST);
    expect(acknowledged(report)).toBeGreaterThan(0);
    expect(report.requests.lost).toBeGreaterThan(0);
    expect(await memoryShare(world, everyday)).toBeLessThanOrEqual(1);
  });

  test(
    "a killed database takes nothing along, and the app finds it again",
    LIMIT,
    async ({ world }) => {
      const luck = luckOf("database", round);
      const everyday = await everydayMemory(world);
      const { pid } = world.app;
      const load = spec(world, { eventsPerRequest: luck.pick([1, 10, 50]) });
      const fault = async () => {
        await atSomeMoment(luck);
        await world.database.kill();
        await sleep(luck.between(0, 1_000));
        await world.database.restart();
      };

      const { report, verdict } = await attack(world, { load, fault });

      expect(verdict).toEqual(HONEST);
      expect(acknowledged(report)).toBeGreaterThan(0);
      expect(world.app.isRunning && world.app.pid).toBe(pid);
      expect(await memoryShare(world, everyday)).toBeLessThanOrEqual(1);
    },
  );

  test("app and database killed together have lost nothing", LIMIT, async ({ world }) => {
    const luck = luckOf("both", round);
    const load = spec(world, { eventsPerRequest: luck.pick([1, 10, 50]) });
    const fault = async () => {
      await atSomeMoment(luck);
      await Promise.all([world.app.kill(), world.database.kill()]);
      await world.database.restart();
      await world.app.restart();
    };

    const { report, verdict } = await attack(world, { load, fault });

    expect(verdict).toEqual(HONEST);
    expect(acknowledged(report)).toBeGreaterThan(0);
    expect(report.requests.lost).toBeGreaterThan(0);
  });

  test("a database that stands still delays, and nothing is lost", LIMIT, async ({ world }) => {
    const luck = luckOf("pause", round);
    const everyday = await everydayMemory(world);
    const { pid } = world.app;
    const load = spec(world, {
      seconds: PAUSE_SECONDS + 4,
      connections: luck.pick([16, 256]),
    });
    const fault = async () => {
      await atSomeMoment(luck);
      await world.database.pause();
      await sleep(PAUSE_SECONDS * 1_000);
      await world.database.resume();
    };

    const { report, verdict } = await attack(world, { load, fault });

    expect(verdict).toEqual(HONEST);
    expect(acknowledged(report)).toBeGreaterThan(0);
    expect(world.app.isRunning && world.app.pid).toBe(pid);
    expect(await memoryShare(world, everyday)).toBeLessThanOrEqual(1);
  });
});
