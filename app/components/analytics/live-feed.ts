import { useEffect, useState } from "react";
import { SECOND } from "~/platform/time";

const COME_BACK_AFTER = 2 * SECOND;

/** Listens to a stream of server-sent events. The browser's own listener cannot carry the session's token,
 * which App Bridge gives to `fetch`.
 * @returns what was told last; `isLost` while the server does not answer */
export function useFeed<News>(address: string, first: News): { news: News; isLost: boolean } {
  const [state, setState] = useState({ news: first, isLost: false });
  useEffect(() => {
    const stopping = new AbortController();
    void listen<News>(address, stopping.signal, setState);
    return () => stopping.abort();
  }, [address]);
  return state;
}

type SetState<News> = (
  change: (state: { news: News; isLost: boolean }) => { news: News; isLost: boolean },
) => void;

async function listen<News>(address: string, signal: AbortSignal, set: SetState<News>) {
  const hasLeft = () => signal.aborted;
  while (!hasLeft()) {
    try {
      const response = await fetch(address, { signal });
      if (!response.ok || !response.body) throw new Error(`got ${response.status}`);
      for await (const data of dataIn(response.body))
        set(() => ({ news: JSON.parse(data) as News, isLost: false }));
    } catch {
      if (hasLeft()) return;
      set((state) => ({ ...state, isLost: true }));
      await new Promise((resolve) => setTimeout(resolve, COME_BACK_AFTER));
    }
  }
}

/** The data of each event in a stream. */
export async function* dataIn(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const [reader, decoder] = [body.getReader(), new TextDecoder()];
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) if (event.startsWith("data: ")) yield event.slice("data: ".length);
  }
}
