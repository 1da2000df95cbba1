import { BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { PAGE_ORDERS, TOP_PAGES, type PageOrder } from "~/analytics/pages/definitions";
import type { TopPage } from "~/analytics/pages/top.server";
import type { Writing } from "./figures";
import { ReportTable } from "./report-table";
import { useViewAddress } from "./view-address";

type Props = {
  rows: TopPage[];
  asked: { sort: PageOrder; pageType?: string | undefined };
  /** The types of pages that were seen. */
  types: string[];
  /** Addresses; null where there is no such page. */
  next: string | null;
  first: string | null;
  writing: Writing;
};

const COLUMNS: (keyof TopPage)[] = [
  ...(["page", "pageType", "views", "uniqueViews", "exits", "exitRate"] as const),
  ...(["exitRateAtLeast", "medianVisible", "meanScroll", "rageClicks", "deadClicks"] as const),
];

/** Each page by itself, ranked by what the merchant chooses. */
export const PageRankingCard = ({ rows, asked, types, next, first, writing }: Props) => (
  <Card>
    <BlockStack gap="300">
      <Choices {...asked} types={types} />
      <ReportTable
        report={TOP_PAGES}
        columns={COLUMNS}
        rows={rows}
        keyOf={({ page }) => page}
        cells={{ page: ({ page, title }) => <PathAndTitle path={page} title={title} /> }}
        asked={{
          ...{ sort: asked.sort },
          ...(asked.pageType === undefined ? {} : { pageType: asked.pageType }),
        }}
        writing={writing}
      />
      {(first ?? next) !== null && (
        <InlineStack gap="200">
          {first !== null && <Button url={first}>First pages</Button>}
          {next !== null && <Button url={next}>More pages</Button>}
        </InlineStack>
      )}
    </BlockStack>
  </Card>
);

function Choices({ sort, pageType, types }: Props["asked"] & { types: string[] }) {
  const { change } = useViewAddress();
  return (
    <InlineStack gap="300">
      <Select
        label="Most first of"
        options={Object.entries(PAGE_ORDERS).map(([value, label]) => ({ value, label }))}
        value={sort}
        onChange={(picked) => change({ sort: picked === "views" ? null : picked })}
      />
      <Select
        label="Only pages of type"
        options={[
          { value: "", label: "Any" },
          ...[...new Set([...types, ...(pageType === undefined ? [] : [pageType])])].map(
            (value) => ({ value, label: value }),
          ),
        ]}
        value={pageType ?? ""}
        onChange={(picked) => change({ pageType: picked || null })}
      />
    </InlineStack>
  );
}

const PathAndTitle = ({ path, title }: { path: string; title: string | null }) => (
  <>
    {path}
    {title !== null && (
      <Text as="p" tone="subdued">
        {title}
      </Text>
    )}
  </>
);
