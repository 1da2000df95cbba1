import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { Visit } from "../model";
import type { TruthLine } from "../world";

/** What a check has to know of a visit. */
export type TrueVisit = Pick<Visit, Known> & { events: TrueEvent[] };
type Known =
  "id" | "clientId" | "kind" | "userAgent" | "pixel" | "startedAt" | "pages" | "searches";
export type TrueEvent = {
  id: string;
  name: string;
  /** The true time, in milliseconds since 1970. */
  at: number;
  isDelivered: boolean;
};

const known = (visit: Pick<Visit, Known>): Pick<Visit, Known> => {
  const { id, clientId, kind, userAgent, pixel, startedAt, pages, searches } = visit;
  return { id, clientId, kind, userAgent, pixel, startedAt, pages, searches };
};

/** The truth of visits that have just been simulated and sent. */
export const truthOf = (visits: readonly Visit[]): TrueVisit[] =>
  visits.map(({ events, ...visit }) => ({
    ...known(visit),
    events: events.map(({ event, at, fate }) => ({
      ...{ id: event.id, name: event.name, at: Date.parse(at), isDelivered: fate === "sent" },
    })),
  }));

/** Reads the truth that `writeWorld` wrote down. */
export async function readTruth(file: string): Promise<TrueVisit[]> {
  const visits: TrueVisit[] = [];
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const line = JSON.parse(text) as TruthLine;
    if (line.type !== "visit") continue;
    const events = line.events.map(([id, name, at, fate]) => {
      return { id, name, at: Date.parse(at), isDelivered: fate === "sent" };
    });
    visits.push({ ...known(line), events });
  }
  return visits;
}
