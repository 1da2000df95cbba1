import { receive, send, type FromApp, type Message, type Question } from "../messages";

/** The app's line to the admin page that frames it. */
export type Parent = {
  tell: (message: FromApp) => void;
  onMessage: (handle: (message: Message) => void) => void;
  /** Asks for a fresh id token; it is good for one minute. */
  idToken: () => Promise<string>;
  /** Asks the admin, and through it perhaps the merchant. */
  ask: (question: Question) => Promise<unknown>;
};

/** @param origin the admin's, which is where the App Bridge script itself came from */
export function connectToParent(origin: string): Parent {
  const waiting = new Map<number, (token: string) => void>();
  const asked = new Map<number, (answer: unknown) => void>();
  const tell = (message: FromApp) => send(window.parent, origin, message);
  const onMessage = (handle: (message: Message) => void) =>
    receive(() => window.parent, origin, handle);
  let lastRequest = 0;

  onMessage((message) => {
    if (message.kind === "id token") {
      waiting.get(message.request)?.(message.token);
      waiting.delete(message.request);
    }
    if (message.kind === "answer") {
      asked.get(message.request)?.(message.answer);
      asked.delete(message.request);
    }
  });
  const ask = (question: Question) =>
    new Promise<unknown>((resolve) => {
      const request = ++lastRequest;
      asked.set(request, resolve);
      tell({ kind: "ask", request, question });
    });
  const idToken = () =>
    new Promise<string>((resolve) => {
      const request = ++lastRequest;
      waiting.set(request, resolve);
      tell({ kind: "id token wanted", request });
    });
  return { tell, onMessage, idToken, ask };
}
