import { BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
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
import { showFigure, type Writing } from "./figures";
import { Help } from "./help";
import { Parts } from "./parts";
import { ReportTable } from "./report-table";
import { StepsCard } from "./steps-card";
import { Tiles, type Tile } from "./tiles";
import type { ShownView } from "./view-bar";
import "../charts.css";
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
  parts: { rows: Conversion[]; more: number };
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
  const writing = { currency, timeZone: view.period.timeZone };
  const asked: Record<string, string> = built ? { funnel: built.funnelId } : {};
  return (
    <>
      <Tiles
        tiles={tilesFor(built, writing)}
        all={props.all[0]}
        before={props.allBefore?.[0]}
        {...{ steps, view, writing }}
      />
      <StagesCard {...props} asked={asked} writing={writing} />
      <StepsCard
        {...{ steps, asked, view, writing }}
        report={CONVERSION}
        metric={CONVERSION_METRICS.conversionRate}
        field="conversionRate"
        columns={COLUMNS}
        before={stepsBefore}
      />
      <Parts
        {...{ report: CONVERSION, columns: COLUMNS, ...parts, by, asked, writing }}
        what="Funnel conversion"
      />
    </>
  );
}

function tilesFor(built: BuiltFunnel | null, writing: Writing): Tile<Conversion>[] {
  const counted = built?.definition.countedBy === "visitor" ? "visitors" : "sessions";
  const some = (count: number) => `of ${count.toLocaleString("en")} ${counted}`;
  const whole = ({ entered }: Conversion) => some(entered);
  const interval = ({ low, high }: Conversion) => {
    const [least, most] = [low, high].map((share) => showFigure(share, "share", writing));
    return low === null ? "" : `; ${least} to ${most} (95 % interval)`;
  };
  const { entered, completed, conversionRate, open } = CONVERSION_METRICS;
  return [
    { name: "entered", metric: entered, of: () => counted },
    { name: "completed", metric: completed, of: whole },
    {
      ...{ name: "conversionRate", metric: conversionRate },
      of: (all) => some(all.completed + all.lost) + interval(all),
    },
    { name: "open", metric: open, of: whole },
  ];
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
