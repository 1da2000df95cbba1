import { BlockStack, Card } from "@shopify/polaris";
import { CalendarIcon } from "@shopify/polaris-icons";
import type { SessionsOverTime, TopPage, Totals } from "~/analytics/overview";
import { PAGE_METRICS } from "~/analytics/pages/definitions";
import { SESSION_METRICS } from "~/analytics/sessions/definitions";
import { HomeTiles, KeyNumbers, useKeyNumbers } from "./analytics/key-numbers";
import type { Tile } from "./analytics/tiles";
import { NothingHere } from "./nothing-here";
import { SessionsCard } from "./sessions-card";
import { TopPagesCard } from "./top-pages-card";

type Props = {
  totals: Totals;
  steps: Totals[];
  sessionsOverTime: SessionsOverTime;
  topPages: TopPage[];
  period: { timeZone: string; to: string };
  asOf: string;
  currency: string | null;
};

const TILES: Tile<Totals>[] = [
  {
    ...{ name: "visitors", metric: SESSION_METRICS.visitors },
    page: "/app/analytics/sessions",
  },
  {
    ...{ name: "sessions", metric: SESSION_METRICS.sessions },
    page: "/app/analytics/sessions",
  },
  {
    ...{ name: "pageViews", metric: PAGE_METRICS.views },
    page: "/app/analytics/pages",
  },
];

/** What happened in a period. */
export function Numbers({ totals, steps, period, asOf, currency, ...shown }: Props) {
  const { timeZone, to } = period;
  const data = useKeyNumbers();
  const isQuiet = totals.visitors + totals.sessions + totals.pageViews === 0;
  return (
    <BlockStack gap="400">
      <HomeTiles
        tiles={TILES}
        all={totals}
        before={data?.totalsBefore}
        steps={steps}
        view={{ period: { to }, now: asOf }}
        writing={{ currency, timeZone }}
      />
      <KeyNumbers data={data} />
      {isQuiet ? (
        <NobodyYet />
      ) : (
        <>
          <SessionsCard sessionsOverTime={shown.sessionsOverTime} timeZone={timeZone} />
          <TopPagesCard pages={shown.topPages} />
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
