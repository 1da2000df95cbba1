/** The events of one request, waiting to be written. */
export type Waiting<Item> = {
  shopId: number;
  isUrgent: boolean;
  /** How many events, and how much memory they take. */
  size: number;
  bytes: number;
  item: Item;
};

type Request = Omit<Waiting<unknown>, "item">;

export type RoomLimits = { events: number; bytes: number };

/** Whole requests of one shop in one lane, oldest first. */
type Line<Item> = { waiting: Waiting<Item>[]; size: number };

/** Where requests wait for the next write: two lanes, and in each a line per shop. The urgent lane,
 * checkouts and purchases, goes first; the shops of a lane take turns. What may wait is bounded, and no
 * shop may hold more than is left for all others together, so that one shop's flood fills its own line
 * and leaves half the room to its neighbours. Pure: no clock, no I/O. */
export class WaitingRoom<Item> {
  private readonly lanes = { urgent: new Lane<Item>(), normal: new Lane<Item>() };
  private held = new Map<number, number>();
  private bytesHeld = 0;

  get size(): number {
    return this.lanes.urgent.size + this.lanes.normal.size;
  }

  get bytes(): number {
    return this.bytesHeld;
  }

  /** Lets a request in, or not. An urgent one may use a part of the room that others cannot. */
  admit(request: Waiting<Item>, limits: RoomLimits): boolean {
    if (!this.hasRoomFor(request, limits)) return false;
    (request.isUrgent ? this.lanes.urgent : this.lanes.normal).add(request);
    this.held.set(request.shopId, this.heldBy(request.shopId) + request.size);
    this.bytesHeld += request.bytes;
    return true;
  }

  hasRoomFor({ shopId, isUrgent, size, bytes }: Request, limits: RoomLimits): boolean {
    if (this.bytesHeld + bytes > limits.bytes) return false;
    const free = (isUrgent ? 1 + URGENT_RESERVE : 1) * limits.events - this.size;
    if (this.size === 0) return true; // a batch that is larger than the room would never fit
    return size <= free && (isUrgent || this.heldBy(shopId) + size <= free);
  }

  private heldBy(shopId: number): number {
    return this.held.get(shopId) ?? 0;
  }

  /** Takes what is written next: the urgent first, but, as long as others wait, not more than three
   * quarters of it; at least one request, else as many whole requests as fit into `events`. */
  take(events: number): Waiting<Item>[] {
    const share = this.lanes.normal.size > 0 ? Math.ceil(events * URGENT_SHARE) : events;
    const taken = this.lanes.urgent.take(share);
    const room = events - sizeOf(taken);
    if (room > 0) taken.push(...this.lanes.normal.take(room, taken.length === 0));
    for (const request of taken) this.release(request);
    return taken;
  }

  /** Takes out everything for which a condition holds. */
  remove(condition: (item: Item) => boolean): Waiting<Item>[] {
    const removed = [this.lanes.urgent, this.lanes.normal].flatMap((lane) =>
      lane.remove(condition),
    );
    for (const request of removed) this.release(request);
    return removed;
  }

  private release({ shopId, size, bytes }: Waiting<Item>): void {
    const left = this.heldBy(shopId) - size;
    if (left > 0) this.held.set(shopId, left);
    else this.held.delete(shopId);
    this.bytesHeld -= bytes;
  }
}

/** How much further than the others the urgent may fill the room. */
const URGENT_RESERVE = 0.25;
const URGENT_SHARE = 0.75;

const sizeOf = (requests: readonly { size: number }[]): number =>
  requests.reduce((sum, { size }) => sum + size, 0);

/** Lines of shops that take turns; a shop without a line stands nowhere. */
class Lane<Item> {
  private readonly lines = new Map<number, Line<Item>>();
  size = 0;

  add(request: Waiting<Item>): void {
    const line = this.lines.get(request.shopId) ?? { waiting: [], size: 0 };
    line.waiting.push(request);
    line.size += request.size;
    this.size += request.size;
    this.lines.set(request.shopId, line);
  }

  /** Each shop in turn gives its share, or one request if that is more, while there is room.
   * @param atLeastOne whether the first request is taken even when it is larger than the room */
  take(events: number, atLeastOne = true): Waiting<Item>[] {
    const taken: Waiting<Item>[] = [];
    const share = events / Math.max(1, this.lines.size);
    let room = events;
    for (let [next] = this.lines; next && room > 0; [next] = this.lines) {
      const [shopId, line] = next;
      const count = countOf(
        line.waiting,
        share,
        atLeastOne && taken.length === 0 ? Infinity : room,
      );
      if (count === 0) break;
      const turn = line.waiting.splice(0, count);
      this.shrink(line, sizeOf(turn));
      this.lines.delete(shopId); // to the end of the round
      if (line.waiting.length > 0) this.lines.set(shopId, line);
      room -= sizeOf(turn);
      taken.push(...turn);
    }
    return taken;
  }

  remove(condition: (item: Item) => boolean): Waiting<Item>[] {
    const removed: Waiting<Item>[] = [];
    for (const [shopId, line] of this.lines) {
      const out = line.waiting.filter(({ item }) => condition(item));
      if (out.length === 0) continue;
      removed.push(...out);
      line.waiting = line.waiting.filter(({ item }) => !condition(item));
      this.shrink(line, sizeOf(out));
      if (line.waiting.length === 0) this.lines.delete(shopId);
    }
    return removed;
  }

  private shrink(line: Line<Item>, by: number): void {
    line.size -= by;
    this.size -= by;
  }
}

/** How many requests a shop may give: up to its share, or one, and never more than there is room for. */
function countOf(waiting: readonly { size: number }[], share: number, room: number): number {
  let size = 0;
  let count = 0;
  for (const request of waiting) {
    size += request.size;
    if (size > room || (size > share && count > 0)) break;
    count++;
  }
  return count;
}
