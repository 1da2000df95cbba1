import { BlockStack, Card, Text } from "@shopify/polaris";
import { DEFINITIONS } from "~/analytics/definitions";
import type { TopPage } from "~/analytics/overview";
import { FigureTable, type Column } from "./figure-table";

const percent = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

const COLUMNS: Column<TopPage>[] = [
  { heading: "Page", cell: (page) => <PathWithShare {...page} /> },
  { heading: "Views", cell: ({ views }) => views.toLocaleString("en"), isNumber: true },
  {
    heading: "Share",
    cell: ({ share }) => (share === null ? "–" : percent.format(share)),
    isNumber: true,
  },
  {
    heading: "Unique views",
    cell: ({ uniqueViews }) => uniqueViews.toLocaleString("en"),
    isNumber: true,
  },
];

export const TopPagesCard = ({ pages }: { pages: TopPage[] }) => (
  <Card>
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h2" variant="headingSm">
          {DEFINITIONS.topPages.name}
        </Text>
        <Text as="p" tone="subdued">
          {DEFINITIONS.topPages.meaning}
        </Text>
      </BlockStack>
      <FigureTable
        label={DEFINITIONS.topPages.name}
        columns={COLUMNS}
        rows={pages}
        keyOf={({ path }) => path}
      />
    </BlockStack>
  </Card>
);

const PathWithShare = ({ path, share }: TopPage) => (
  <>
    {path}
    <div className="share-bar" aria-hidden>
      <div style={{ width: `${(share ?? 0) * 100}%` }} />
    </div>
  </>
);
