import type { CheckoutRow } from "~/analytics/checkout/checkout.server";
import { CHECKOUT } from "~/analytics/checkout/definitions";
import type { Writing } from "./figures";
import { ReportTableCard } from "./report-table";
import { ShareBar } from "./share-bar";

const NAMES: Record<string, string> = {
  ...{ started: "Begun", contact: "Contact", address: "Address" },
  ...{ shipping: "Shipping", payment: "Payment", completed: "Ordered" },
};
const COLUMNS: (keyof CheckoutRow)[] = [
  ...(["step", "reached", "reachedShare", "skipped"] as const),
  ...(["open", "left", "leftShare", "medianToNext"] as const),
];

type Props = { rows: CheckoutRow[]; writing: Writing };

/** How far checkouts came, each step with a bar as long as its share. */
export const CheckoutCard = ({ rows, writing }: Props) => (
  <ReportTableCard
    report={CHECKOUT}
    columns={COLUMNS}
    rows={rows}
    keyOf={({ step }) => step}
    cells={{
      step: ({ step, reachedShare }) => (
        <ShareBar text={NAMES[step] ?? step} share={reachedShare} />
      ),
    }}
    writing={writing}
  />
);
