import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { PersonIcon } from "@shopify/polaris-icons";
import { Link } from "@remix-run/react";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";
import { showMoney } from "./money";
import { NothingHere } from "./nothing-here";
import { visitorAddress, visitorName } from "./visitor-name";

/** A visitor in the list, with moments as ISO timestamps. */
export type ListedVisitor = {
  visitorId: string;
  lastSeenAt: string;
  sessionCount: number;
  orderCount: number;
  revenueMinor: number;
};

type Props = {
  visitors: ListedVisitor[];
  currency: string | null;
  timeZone: string;
  /** The address of the next page; null on the last one. */
  next: string | null;
};

/** Who was in the shop, the last ones first. */
export const VisitorsCard = ({ visitors, next, ...shop }: Props) => (
  <Card>
    {visitors.length === 0 ? (
      <NothingHere
        icon={PersonIcon}
        title="Nobody here yet"
        advice="Visitors show up a few seconds after they open a page of your storefront."
      />
    ) : (
      <BlockStack gap="300">
        <FigureTable
          label="Visitors"
          columns={columnsFor(shop)}
          rows={visitors}
          keyOf={({ visitorId }) => visitorId}
        />
        {next !== null && (
          <InlineStack>
            <Button url={next}>Earlier visitors</Button>
          </InlineStack>
        )}
      </BlockStack>
    )}
  </Card>
);

const columnsFor = ({ currency, timeZone }: Pick<Props, "currency" | "timeZone">) => {
  const columns: Column<ListedVisitor>[] = [
    { heading: "Visitor", cell: (visitor) => <NameAndTime {...visitor} timeZone={timeZone} /> },
    { heading: "Sessions", cell: ({ sessionCount }) => sessionCount, isNumber: true },
    { heading: "Orders", cell: ({ orderCount }) => orderCount, isNumber: true },
    {
      heading: "Revenue",
      cell: ({ orderCount, revenueMinor }) =>
        orderCount > 0 ? showMoney(revenueMinor, currency) : "–",
      isNumber: true,
    },
  ];
  return columns;
};

const NameAndTime = ({ visitorId, lastSeenAt, timeZone }: ListedVisitor & { timeZone: string }) => (
  <>
    <Link className="Polaris-Link" to={visitorAddress(visitorId)}>
      {visitorName(visitorId)}
    </Link>
    <Text as="p" tone="subdued">
      {longMoment(lastSeenAt, timeZone)}
    </Text>
  </>
);
