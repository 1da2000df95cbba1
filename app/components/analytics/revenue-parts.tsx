import { BlockStack, Card, Select } from "@shopify/polaris";
import { FILTER_NAMES, type FilterName } from "~/analytics/filters";
import type { RevenueByType } from "~/analytics/revenue/by-type.server";
import type { ItemKind } from "~/analytics/revenue/item-rollup.server";
import { REVENUE, REVENUE_BY_TYPE } from "~/analytics/revenue/definitions";
import type { Revenue } from "~/analytics/revenue/revenue.server";
import type { Writing } from "./figures";
import { ReportTable } from "./report-table";
import { REVENUE_COLUMNS } from "./revenue-numbers";
import { Narrow } from "./parts";
import { useViewAddress } from "./view-address";

type Part = "customer" | FilterName;
type OrdersProps = {
  by: Part;
  rows: Revenue[];
  more: number;
  names: Record<Part, string>;
  writing: Writing;
};

/** Orders by their customers, or by the sessions that they were placed in. */
export function OrdersCard({ by, rows, more, names, writing }: OrdersProps) {
  const { change } = useViewAddress();
  const filter = FILTER_NAMES.find((name) => name === by);
  return (
    <Card>
      <BlockStack gap="400">
        <Select
          label="Orders by"
          options={(["customer", ...FILTER_NAMES] as const).map((value) => ({
            value,
            label: names[value],
          }))}
          value={by}
          onChange={(picked) => change({ by: picked })}
        />
        <ReportTable
          report={REVENUE}
          title={`Revenue by ${names[by].toLowerCase()}`}
          columns={REVENUE_COLUMNS}
          rows={rows}
          more={more}
          keyOf={({ of }) => of}
          headings={{ of: names[by] }}
          cells={
            filter
              ? { of: ({ of }) => (of === "unseen" ? of : <Narrow name={filter} of={of} />) }
              : {}
          }
          asked={{ by }}
          writing={writing}
        />
      </BlockStack>
    </Card>
  );
}

const ITEMS = [
  { value: "product-type", label: "Product type" },
  { value: "vendor", label: "Vendor" },
];
const ITEM_COLUMNS: (keyof RevenueByType)[] = [
  ...(["of", "orders", "units", "grossMinor", "discountMinor"] as const),
  ...(["returnedMinor", "netMinor", "netShare"] as const),
];

type ItemsProps = { by: ItemKind; rows: RevenueByType[]; more: number; writing: Writing };

/** What was sold, by kind. */
export function ItemsCard({ by, rows, more, writing }: ItemsProps) {
  const { change } = useViewAddress();
  return (
    <Card>
      <BlockStack gap="400">
        <Select
          label="Items by"
          options={ITEMS}
          value={by}
          onChange={(picked) => change({ items: picked === "vendor" ? picked : null })}
        />
        <ReportTable
          report={REVENUE_BY_TYPE}
          title={by === "vendor" ? "Revenue by vendor" : REVENUE_BY_TYPE.title}
          columns={ITEM_COLUMNS}
          rows={rows}
          more={more}
          keyOf={({ of }) => of}
          headings={{ of: by === "vendor" ? "Vendor" : "Product type" }}
          asked={{ by }}
          writing={writing}
        />
      </BlockStack>
    </Card>
  );
}
