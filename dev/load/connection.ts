import { connect, type Socket } from "node:net";

export type Answer = { status: number; body: string };
export type Address = { host: string; port: number };

type Listener = {
  /** May send: connected for the first time or again. */
  ready: () => void;
  answered: (answer: Answer) => void;
  /** Cut, with a request on the way or without. */
  lost: () => void;
};

const PAUSE_BEFORE_RECONNECT_MS = 50;

/** A keep-alive connection that carries one request at a time and comes back when it is cut. */
export class Connection {
  private socket: Socket | undefined;
  private heard = "";
  private over = false;

  constructor(
    private readonly address: Address,
    private readonly listener: Listener,
  ) {
    this.open();
  }

  send(bytes: Buffer): void {
    this.socket?.write(bytes);
  }

  /** Sends only the beginning, then cuts. */
  sendAndCut(bytes: Buffer): void {
    const { socket } = this;
    socket?.write(bytes, () => socket.destroy());
  }

  cut(): void {
    this.socket?.destroy();
  }

  close(): void {
    this.over = true;
    this.socket?.destroy();
  }

  private open(): void {
    this.heard = "";
    const socket = connect({ ...this.address, noDelay: true });
    this.socket = socket;
    socket.on("connect", this.listener.ready);
    socket.on("data", (chunk) => this.hear(chunk));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      if (this.over) return;
      this.listener.lost();
      setTimeout(() => this.over || this.open(), PAUSE_BEFORE_RECONNECT_MS);
    });
  }

  private hear(chunk: Buffer): void {
    this.heard += chunk.toString("latin1");
    const body = bodyOf(this.heard);
    if (body === undefined) return;
    const status = Number(this.heard.slice(9, 12));
    const isLast = /\r\nconnection: close\r\n/i.test(this.heard);
    this.heard = "";
    this.listener.answered({ status, body });
    if (isLast) this.socket?.destroy();
  }
}

/** The body of a whole answer; undefined while some of it is missing. */
function bodyOf(heard: string): string | undefined {
  const headEnd = heard.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = heard.slice(0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  const body = heard.slice(headEnd + 4);
  if (length) return body.length >= Number(length[1]) ? body : undefined;
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return "";
  if (!/(^|\r\n)0\r\n\r\n$/.test(body)) return undefined;
  return body.replace(/(^|\r\n)[0-9a-f]+\r\n/gi, "");
}
