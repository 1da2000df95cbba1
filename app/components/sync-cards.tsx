import { Link } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { CatalogStatus, FailingHint, Sync } from "~/catalog/sync-status.server";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";
import type { Shown } from "./shown";

type Status = Shown<CatalogStatus>;
type StatusProps = {
  status: Status;
  timeZone: string;
  isStarting: boolean;
  onStart: () => void;
};

const count = (number: number | null): string => number?.toLocaleString("en") ?? "–";

/** How current the mirror is, what is under way, and a way to make it anew. */
export function SyncStateCard({ status, timeZone, isStarting, onStart }: StatusProps) {
  const underWay = status.syncs.find(({ finishedAt }) => finishedAt === null);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          How current it is
        </Text>
        <FigureTable
          label="How current it is"
          columns={FACT_COLUMNS}
          rows={factsOf(status, timeZone)}
          keyOf={({ name }) => name}
        />
        {status.staleProducts > 0 && (
          <Link className="Polaris-Link" to="/app/catalog?stale=1">
            See the stale products
          </Link>
        )}
        {underWay && <Progress sync={underWay} />}
        <InlineStack>
          <Button onClick={onStart} loading={isStarting} disabled={underWay !== undefined}>
            Sync now
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

type Fact = { name: string; value: string };
const FACT_COLUMNS: Column<Fact>[] = [
  { heading: "What", cell: ({ name }) => name },
  { heading: "Now", cell: ({ value }) => value, isNumber: true },
];

const factsOf = (status: Status, timeZone: string): Fact[] => {
  const moment = (at: string | null) => (at === null ? "Not yet" : longMoment(at, timeZone));
  return [
    { name: "Products", value: count(status.products) },
    { name: "Variants", value: count(status.variants) },
    {
      name: `Products not confirmed for ${status.staleHours} hours`,
      value: count(status.staleProducts),
    },
    { name: "All of it was right on", value: moment(status.confirmedAt) },
    { name: "Changes were last looked for on", value: moment(status.sweptAt) },
    { name: "Products that wait to be asked for", value: count(status.hintsWaiting) },
  ];
};

const WORDS: Record<Sync["status"], string> = {
  waiting: "Waits for its turn",
  running: "Products are gathered by Shopify",
  reading: "Products are read",
  merging: "Changes are written",
  done: "Done",
  failed: "Failed",
};

function Progress({ sync }: { sync: Shown<Sync> }) {
  const { status, productsRead, productsFound, error } = sync;
  const read =
    productsFound === null ? "" : `: ${count(productsRead)} of ${count(productsFound)} products`;
  return (
    <BlockStack gap="200">
      <Text as="p" id="sync-progress">{`${WORDS[status]}${read}.`}</Text>
      <ProgressBar
        progress={productsFound ? (100 * productsRead) / productsFound : 0}
        size="small"
        ariaLabelledBy="sync-progress"
      />
      {error && (
        <Text as="p" tone="critical">
          {error}
        </Text>
      )}
    </BlockStack>
  );
}

const REASONS: Record<Sync["reason"], string> = {
  install: "Installation",
  nightly: "Every night",
  page: "This page",
  api: "A scheduler",
  sweep: "More had changed than can be asked for one by one",
};

/** The last syncs, the newest first. */
export const SyncHistoryCard = ({
  syncs,
  timeZone,
}: {
  syncs: Shown<Sync>[];
  timeZone: string;
}) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        Syncs
      </Text>
      <Text as="p" tone="subdued">
        Products read, changed and gone, and changes of a variant&apos;s price or stock.
      </Text>
      {syncs.length === 0 ? (
        <Text as="p" tone="subdued">
          There has been none yet.
        </Text>
      ) : (
        <FigureTable
          label="Syncs"
          columns={syncColumns(timeZone)}
          rows={syncs}
          keyOf={({ syncId }) => syncId}
        />
      )}
    </BlockStack>
  </Card>
);

const syncColumns = (timeZone: string): Column<Shown<Sync>>[] => [
  {
    heading: "Begun",
    cell: ({ startedAt, reason, status, error }) => (
      <>
        {longMoment(startedAt, timeZone)}
        <Text as="p" tone="subdued">
          {REASONS[reason]}: {WORDS[status].toLowerCase()}
        </Text>
        {error && (
          <Text as="p" tone="critical">
            {error}
          </Text>
        )}
      </>
    ),
  },
  { heading: "Read", cell: ({ productsRead }) => count(productsRead), isNumber: true },
  { heading: "Changed", cell: ({ productsChanged }) => count(productsChanged), isNumber: true },
  { heading: "Gone", cell: ({ productsDeleted }) => count(productsDeleted), isNumber: true },
  { heading: "Prices", cell: ({ variantsChanged }) => count(variantsChanged), isNumber: true },
];

type FailingProps = { failing: Shown<FailingHint>[]; timeZone: string };

/** Products that Shopify should have told of again and did not. */
export const FailingCard = ({ failing, timeZone }: FailingProps) =>
  failing.length > 0 && (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Products that could not be refreshed
        </Text>
        <FigureTable
          label="Products that could not be refreshed"
          columns={failingColumns(timeZone)}
          rows={failing}
          keyOf={({ productId }) => productId}
        />
      </BlockStack>
    </Card>
  );

const failingColumns = (timeZone: string): Column<Shown<FailingHint>>[] => [
  {
    heading: "Product",
    cell: ({ productId }) => (
      <Link className="Polaris-Link" to={`/app/catalog/${productId}`}>
        {productId}
      </Link>
    ),
  },
  { heading: "What went wrong", cell: ({ error }) => error ?? "–" },
  { heading: "Tries", cell: ({ attempts }) => count(attempts), isNumber: true },
  {
    ...{ heading: "Next try", isNumber: true },
    cell: ({ waitUntil }) => (waitUntil === null ? "Soon" : longMoment(waitUntil, timeZone)),
  },
];
