/** What the app's frame and the admin page around it tell each other. */
export type NavigationItem = { label: string; href: string };
export type TitleAction = { label: string; isPrimary: boolean };
export type Toast = { id: string; text: string; isError: boolean; duration: number };

/** What only the admin can tell, or decide with the merchant. */
export type Question =
  | { about: "extensions" }
  | { about: "scopes" }
  | { about: "scopes wanted"; scopes: string[] }
  | { about: "scopes given back"; scopes: string[] }
  | { about: "resources"; pick: Pick };
export type Pick = {
  type: "product" | "variant" | "collection";
  query: string;
  /** How many at most; one when only one is wanted. */
  most: number;
  /** Gids of what is chosen already. */
  chosen: string[];
};

export type FromApp =
  | { kind: "id token wanted"; request: number }
  | { kind: "location"; path: string }
  | { kind: "navigation"; items: NavigationItem[] }
  | { kind: "title"; title: string; actions: TitleAction[] }
  | { kind: "toast"; toast: Toast }
  | { kind: "toast hidden"; id: string }
  | { kind: "loading"; isLoading: boolean }
  | { kind: "save bar"; isShown: boolean }
  | { kind: "leave"; url: string }
  | { kind: "ask"; request: number; question: Question };

export type ToApp =
  | { kind: "id token"; request: number; token: string }
  | { kind: "navigate"; href: string }
  | { kind: "title action"; index: number }
  | { kind: "save bar action"; index: number }
  | { kind: "answer"; request: number; answer: unknown };

export type Message = FromApp | ToApp;

const MARK = "shopify-stand-in";
type Marked = { mark: typeof MARK; message: Message };

/** Sends a message to one window of one origin, and to no other. */
export function send(target: Window, origin: string, message: Message): void {
  target.postMessage({ mark: MARK, message } satisfies Marked, origin);
}

/** Calls back for each message from one window of one origin, and from no other. */
export function receive(
  source: () => Window | null,
  origin: string,
  handle: (message: Message) => void,
): void {
  addEventListener("message", (event: MessageEvent<Marked | undefined>) => {
    if (event.origin !== origin || event.source !== source()) return;
    if (event.data?.mark === MARK) handle(event.data.message);
  });
}
