/** How something that was sent fared: what is refused for good is not worth a second attempt. */
export type Outcome =
  | { status: "accepted" }
  | { status: "failed"; reason: string }
  | { status: "refused"; reason: string };
