import { receive, send, type FromApp, type Message } from "../messages";

/** The app's line to the admin page that frames it. */
export type Parent = {
  tell: (message: FromApp) => void;
  onMessage: (handle: (message: Message) => void) => void;
  /** Asks for a fresh id token; it is good for one minute. */
  idToken: () => Promise<string>;
};

/** @param origin the admin's, which is where the App Bridge script itself came from */
export function connectToParent(origin: string): Parent {
  const waiting = new Map<number, (token: string) => void>();
  const tell = (message: FromApp) => send(window.parent, origin, message);
  const onMessage = (handle: (message: Message) => void) =>
    receive(() => window.parent, origin, handle);
  let lastRequest = 0;

  onMessage((message) => {
    if (message.kind !== "id token") return;
    waiting.get(message.request)?.(message.token);
    waiting.delete(message.request);
  });
  const idToken = () =>
    new Promise<string>((resolve) => {
      const request = ++lastRequest;
      waiting.set(request, resolve);
      tell({ kind: "id token wanted", request });
    });
  return { tell, onMessage, idToken };
}
