import { Card, Text } from "@shopify/polaris";
import { DATA_QUALITY, LOSSES, QUALITY_METRICS } from "~/analytics/quality/definitions";
import type { Loss } from "~/analytics/quality/losses.server";
import type { Quality } from "~/analytics/quality/quality.server";
import { ReportTableCard } from "./report-table";
import { StepsCard } from "./steps-card";
import { Tiles, type Tile } from "./tiles";
import type { ShownView } from "./view-bar";

type Props = {
  all?: Quality | undefined;
  before?: Quality | undefined;
  steps: Quality[];
  losses: Loss[];
  lagSeconds: number;
  lagEvents: number;
  view: ShownView;
  currency: string | null;
};

const count = (value: number) => value.toLocaleString("en");
const ofCame = ({ accepted, duplicates, refused }: Quality) =>
  `of ${count(accepted + duplicates + refused)} events that came`;

const COLUMNS: (keyof Quality)[] = [
  ...(["of", "orders", "ordersSeen", "captureRate"] as const),
  ...(["accepted", "duplicates", "refused"] as const),
];
const TILES: Tile<Quality>[] = [
  {
    ...{ name: "captureRate", metric: QUALITY_METRICS.captureRate },
    of: ({ ordersSeen, orders }) => `${count(ordersSeen)} of ${count(orders)} orders`,
  },
  { name: "accepted", metric: QUALITY_METRICS.accepted, of: ofCame },
  { name: "duplicates", metric: QUALITY_METRICS.duplicates, of: ofCame },
  { name: "refused", metric: QUALITY_METRICS.refused, of: ofCame },
  { name: "dropped", metric: QUALITY_METRICS.dropped },
  { name: "botSessions", metric: QUALITY_METRICS.botSessions },
  { name: "webhookDelay", metric: QUALITY_METRICS.webhookDelay },
];

/** What the other pages' numbers are worth. */
export function QualityNumbers(props: Props) {
  const { all, before, steps, losses, view, currency } = props;
  const writing = { currency, timeZone: view.period.timeZone };
  return (
    <>
      <Tiles tiles={TILES} {...{ all, before, steps, view, writing }} />
      <Card>
        <Text as="p">{lagOf(props)}</Text>
      </Card>
      <StepsCard
        {...{ steps, view, writing }}
        report={DATA_QUALITY}
        metric={QUALITY_METRICS.captureRate}
        field="captureRate"
        columns={COLUMNS}
        before={null}
      />
      <ReportTableCard
        report={LOSSES}
        columns={["lost", "cause", "count", "share"]}
        rows={losses}
        keyOf={({ lost, cause }) => `${lost} ${cause}`}
        writing={writing}
      />
    </>
  );
}

const lagOf = ({ lagSeconds, lagEvents }: Props): string =>
  lagEvents === 0
    ? "Everything that is in the log is in the numbers."
    : `${count(lagEvents)} events are in the log and not in the numbers yet; the oldest came ${count(Math.round(lagSeconds))} seconds ago.`;
