import { BlockStack, Card, InlineGrid } from "@shopify/polaris";
import { CalendarIcon } from "@shopify/polaris-icons";
import { DEFINITIONS, METRICS } from "~/analytics/definitions";
import type { SessionsOverTime, TopPage, Totals } from "~/analytics/overview";
import { MetricCard } from "./metric-card";
import { NothingHere } from "./nothing-here";
import { SessionsCard } from "./sessions-card";
import { TopPagesCard } from "./top-pages-card";

type Props = {
  totals: Totals;
  sessionsOverTime: SessionsOverTime;
  topPages: TopPage[];
  timeZone: string;
};

/** What happened in a period. */
export function Numbers({ totals, sessionsOverTime, topPages, timeZone }: Props) {
  const isQuiet = METRICS.every((metric) => totals[metric] === 0);
  return (
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
        {METRICS.map((metric) => (
          <MetricCard key={metric} {...DEFINITIONS[metric]} value={totals[metric]} />
        ))}
      </InlineGrid>
      {isQuiet ? (
        <NobodyYet />
      ) : (
        <>
          <SessionsCard sessionsOverTime={sessionsOverTime} timeZone={timeZone} />
          <TopPagesCard pages={topPages} />
        </>
      )}
    </BlockStack>
  );
}

const NobodyYet = () => (
  <Card>
    <NothingHere
      icon={CalendarIcon}
      title="No visits in this period"
      advice="Choose a longer period, or come back when someone has visited your shop."
    />
  </Card>
);
