import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { wishOf } from "~/catalog/deliveries/wording";
import {
  confirmSubscription,
  subscriptionOf,
  unsubscribe,
} from "~/catalog/alerts/subscriptions.server";
import { NotFound } from "~/platform/errors";
import { answer } from "~/platform/http.server";

/** Opening a link changes nothing: what looks through e-mails opens every link. */
export const loader = answer(async ({ context, params }: LoaderFunctionArgs) => {
  const { what = "", token = "" } = params;
  if (!isWhat(what)) throw new NotFound("there is no page at this address");
  return { what, about: await subscriptionOf(context.db, token, new Date()) };
});

/** Also what a mailbox's own button to unsubscribe posts to. */
export const action = answer(async ({ context, params }: ActionFunctionArgs) => {
  const { what = "", token = "" } = params;
  if (!isWhat(what)) throw new NotFound("there is no page at this address");
  if (what === "confirm")
    return { isDone: await confirmSubscription(context.db, token, new Date()) };
  await unsubscribe(context.db, token);
  return { isDone: true };
});

const isWhat = (what: string): what is "confirm" | "unsubscribe" =>
  what === "confirm" || what === "unsubscribe";

export const meta = () => [{ title: "Alerts" }, { name: "robots", content: "noindex" }];
export const headers = () => ({ "Cache-Control": "no-store", "Referrer-Policy": "no-referrer" });

export default function AlertLink() {
  const { what, about } = useLoaderData<typeof loader>();
  const done = useActionData<typeof action>();
  return (
    <main
      style={{ font: "16px/1.5 Inter, system-ui, sans-serif", maxWidth: 560, margin: "15vh auto" }}
    >
      <h1>{about?.shopName ?? "Alerts"}</h1>
      {what === "confirm" ? (
        <Confirmation about={about} isDone={done?.isDone ?? false} />
      ) : (
        <Farewell about={about} isDone={done?.isDone ?? false} />
      )}
    </main>
  );
}

type Props = Pick<ReturnType<typeof useLoaderData<typeof loader>>, "about"> & { isDone: boolean };

function Confirmation({ about, isDone }: Props) {
  if (!about) return <p>This link has expired. Please ask again on the product&apos;s page.</p>;
  const wish = wishOf(about.kind, about.productTitle);
  if (isDone || about.isConfirmed) return <p>Done: we will write to you once, when {wish}.</p>;
  return (
    <Form method="post">
      <p>Shall we write to you, once, when {wish}?</p>
      <button type="submit">Yes, tell me</button>
    </Form>
  );
}

function Farewell({ about, isDone }: Props) {
  if (isDone || !about) return <p>Your address is forgotten. You will get no more alerts.</p>;
  return (
    <Form method="post">
      <p>Shall {about.shopName} forget your address, and every alert that you asked it for?</p>
      <button type="submit">Yes, forget my address</button>
    </Form>
  );
}
