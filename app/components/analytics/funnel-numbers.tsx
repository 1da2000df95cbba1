import { BlockStack, Card, InlineGrid, InlineStack, Text } from "@shopify/polaris";
import { lazy } from "react";
import type { Dimension } from "~/analytics/filters";
import {
  CONVERSION,
  CONVERSION_METRICS,
  FUNNEL,
  FUNNEL_METRICS,
} from "~/analytics/funnel/definitions";
import type { BuiltFunnel } from "~/analytics/funnel/funnels.server";
import type { Conversion, FunnelStage } from "~/analytics/funnel/stages";
import { InBrowser } from "../in-browser";
import { stepLabel } from "../moments";
import { showFigure, type Writing } from "./figures";
import { Help } from "./help";
import { MetricTile } from "./metric-tile";
import { Parts } from "./parts";
import { ReportTable } from "./report-table";
import { SeriesCard } from "./series-card";
import { toPoints } from "./series";
import type { ShownView } from "./view-bar";
import "../sessions-card.css";
import "./analytics.css";

const FunnelChart = lazy(async () => ({ default: (await import("./funnel-chart")).FunnelChart }));

type Props = {
  built: BuiltFunnel | null;
  by: Dimension;
  stages: FunnelStage[];
  stagesBefore: FunnelStage[] | null;
  all: Conversion[];
  allBefore: Conversion[] | null;
  steps: Conversion[];
  stepsBefore: Conversion[] | null;
  parts: Conversion[];
  view: ShownView;
  currency: string | null;
};

const COLUMNS: (keyof Conversion)[] = [
  ...(["of", "entered", "completed", "lost", "open"] as const),
  ...(["conversionRate", "low", "high"] as const),
];

/** A funnel as a whole, its stages, over time, and by what tells sessions apart. */
export function FunnelNumbers(props: Props) {
  const { built, steps, stepsBefore, parts, by, view, currency } = props;
  const [now] = props.all;
  const writing = { currency, timeZone: view.period.timeZone };
  const label = ({ of }: Conversion) => stepLabel(of, view.period.timeZone, view.unit);
  const asked: Record<string, string> = built ? { funnel: built.funnelId } : {};
  return (
    <>
      {now && <Tiles {...{ built, now, before: props.allBefore?.[0], steps }} writing={writing} />}
      <StagesCard {...props} asked={asked} writing={writing} />
      <SeriesCard
        metric={CONVERSION_METRICS.conversionRate}
        title={`Funnel conversion by ${view.unit}`}
        points={toPoints({ now: steps, before: stepsBefore }, label, (row) => row.conversionRate)}
        writing={writing}
      >
        <ReportTable
          report={CONVERSION}
          title={`Every ${view.unit}`}
          columns={COLUMNS}
          rows={[...steps].reverse()}
          keyOf={({ of }) => of}
          cells={{ of: label }}
          asked={{ ...asked, by: "step" }}
          writing={writing}
        />
      </SeriesCard>
      <Parts
        {...{ report: CONVERSION, columns: COLUMNS, rows: parts, by, asked, writing }}
        what="Funnel conversion"
      />
    </>
  );
}

const TILES = ["entered", "completed", "conversionRate", "open"] as const;

type TilesProps = Pick<Props, "built" | "steps"> & {
  now: Conversion;
  before: Conversion | undefined;
  writing: Writing;
};

function Tiles({ built, now, before, steps, writing }: TilesProps) {
  const counted = built?.definition.countedBy === "visitor" ? "visitors" : "sessions";
  const whole = `of ${now.entered.toLocaleString("en")} ${counted}`;
  const decided = `of ${(now.completed + now.lost).toLocaleString("en")} ${counted}`;
  const [low, high] = [now.low, now.high].map((share) => showFigure(share, "share", writing));
  const interval = now.low === null ? "" : `; ${low} to ${high} (95 % interval)`;
  const of = {
    ...{ entered: counted, completed: whole, open: whole },
    conversionRate: `${decided}${interval}`,
  };
  return (
    <InlineGrid columns={{ xs: 2, md: 4 }} gap={{ xs: "200", md: "400" }}>
      {TILES.map((name) => (
        <MetricTile
          key={name}
          metric={CONVERSION_METRICS[name]}
          value={now[name]}
          before={before && before[name]}
          of={of[name]}
          series={steps.map((step) => step[name])}
          writing={writing}
        />
      ))}
    </InlineGrid>
  );
}

const STAGE_COLUMNS: (keyof FunnelStage)[] = [
  ...(["stage", "reached", "lost", "open", "shareOfPrevious", "shareOfFirst"] as const),
  ...(["medianTime", "p90Time"] as const),
];
const BAR_HEIGHT = 48;

type StagesProps = Props & { asked: Record<string, string>; writing: Writing };

function StagesCard({ built, stages, stagesBefore, asked, writing }: StagesProps) {
  const bars = stages.map(({ stage, place, reached, shareOfFirst }, index) => ({
    ...{
      label: `${place}. ${stage}`,
      now: reached,
      before: stagesBefore?.[index]?.reached ?? null,
    },
    share: showFigure(shareOfFirst, "share", writing),
  }));
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="100" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {built?.name ?? "The way to a purchase"}
          </Text>
          <Help column={FUNNEL_METRICS.reached} />
        </InlineStack>
        {stagesBefore && (
          <Text as="p" tone="subdued">
            The thinner bars are the period that is compared to.
          </Text>
        )}
        <div aria-hidden style={{ height: stages.length * BAR_HEIGHT + 40 }}>
          <InBrowser>
            <FunnelChart bars={bars} />
          </InBrowser>
        </div>
        <ReportTable
          report={FUNNEL}
          title="Stages"
          columns={STAGE_COLUMNS}
          rows={stages}
          keyOf={({ place }) => String(place)}
          cells={{ stage: ({ place, stage }) => `${place}. ${stage}` }}
          asked={asked}
          writing={writing}
        />
      </BlockStack>
    </Card>
  );
}
