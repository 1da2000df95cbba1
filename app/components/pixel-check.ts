import { useFetcher } from "@remix-run/react";
import { useCallback, useEffect } from "react";
import type { PixelConnection } from "~/shopify/pixel";
import type { PixelCheck } from "./pixel-card";

/** Has the pixel looked after when the page is entered, and again when asked; never by a refresh of
 * the numbers. The page does not wait for it.
 * @param action the address of the route whose action answers with a PixelConnection */
export function usePixelCheck(action: string): PixelCheck {
  const { submit, data, state } = useFetcher<PixelConnection>();
  const check = useCallback(() => submit(null, { method: "post", action }), [submit, action]);
  useEffect(check, [check]);
  return { connection: data ?? null, isChecking: state !== "idle", check };
}
