import { BlockStack, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import type { BackfillState } from "~/commerce/backfill-state.server";
import { longMoment } from "./moments";

/** How far a shop's earlier orders are fetched; moments as ISO timestamps. */
type Shown = Omit<BackfillState, Moments> & { [Moment in Moments]: string | null };
type Moments = "since" | "finishedAt";

type Props = {
  /** Null before the first one. */
  backfill: Shown | null;
  timeZone: string;
  isStarting: boolean;
  onStart: () => void;
};

/** Fetches what the shop sold before, or what no webhook told of. */
export function BackfillCard({ backfill, timeZone, isStarting, onStart }: Props) {
  const isUnderWay = backfill !== null && backfill.finishedAt === null;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            Earlier orders
          </Text>
          <Text as="p" tone="subdued">
            Orders from before the installation, and any whose webhook was lost, are fetched from
            Shopify.
          </Text>
        </BlockStack>
        {backfill && <Progress backfill={backfill} timeZone={timeZone} />}
        <InlineStack>
          <Button onClick={onStart} loading={isStarting} disabled={isUnderWay}>
            Fetch orders again
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Progress({ backfill, timeZone }: { backfill: Shown; timeZone: string }) {
  const { readCount, totalCount, error, finishedAt } = backfill;
  const share = totalCount ? (100 * readCount) / totalCount : 0;
  return (
    <BlockStack gap="200">
      <Text as="p" id="backfill-progress">
        {inWords(backfill, timeZone)}
      </Text>
      {finishedAt === null && (
        <ProgressBar progress={share} size="small" ariaLabelledBy="backfill-progress" />
      )}
      {error && (
        <Text as="p" tone="critical">
          {error}
        </Text>
      )}
    </BlockStack>
  );
}

const count = (orders: number) => orders.toLocaleString("en");

function inWords({ status, since, readCount, totalCount, finishedAt }: Shown, zone: string) {
  if (status === "failed") return "The orders could not be fetched.";
  const reach = since === null ? "of all time" : `since ${longMoment(since, zone)}`;
  if (finishedAt !== null)
    return `${count(readCount)} orders ${reach} were there on ${longMoment(finishedAt, zone)}.`;
  if (totalCount !== null) return `${count(readCount)} of ${count(totalCount)} orders fetched.`;
  return status === "waiting" ? "Waiting for its turn." : "Shopify is gathering the orders.";
}
