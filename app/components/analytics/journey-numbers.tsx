import { BlockStack, Card, FormLayout, InlineStack, Select, Text } from "@shopify/polaris";
import { JOURNEYS } from "~/analytics/journeys/definitions";
import type { Direction, NamedBy } from "~/analytics/journeys/directions";
import type { Journey } from "~/analytics/journeys/journeys.server";
import { MOST_PAGES, THEN } from "~/projections/journey";
import { showFigure } from "./figures";
import { Help } from "./help";
import { NextPage } from "./next-page";
import { ReportTable } from "./report-table";
import { useViewAddress } from "./view-address";
import type { ShownView } from "./view-bar";
import "../charts.css";
import "./analytics.css";
import "./journeys.css";

type Props = {
  told: { rows: Journey[]; next?: string | null };
  /** Of the period that is compared to; null where none is. */
  before: Journey[] | null;
  direction: Direction;
  pages: NamedBy;
  length: number;
  starts: string | null;
  view: ShownView;
};

const TITLES: Record<Direction, string> = {
  entry: "First pages of sessions",
  purchase: "Last pages before a purchase",
};
const LENGTHS = Array.from({ length: MOST_PAGES - 1 }, (_, index) => String(index + 2));

/** The commonest journeys, each with the bar of its share. */
export function JourneyNumbers(props: Props) {
  const { told, before, direction, pages, length, starts, view } = props;
  const { change } = useViewAddress();
  const writing = { currency: null, timeZone: view.period.timeZone };
  const most = Math.max(...told.rows.map(({ share }) => share), 0);
  return (
    <Card>
      <BlockStack gap="400">
        <Choices {...props} />
        <InlineStack gap="100" blockAlign="center">
          <Text as="h2" variant="headingSm">
            {TITLES[direction]}
          </Text>
          <Help column={JOURNEYS.columns.share} />
        </InlineStack>
        <ReportTable
          report={JOURNEYS}
          columns={["pages", "sessions", "all", "share", "purchases"]}
          rows={told.rows}
          keyOf={(row) => row.pages}
          cells={{
            pages: (row) => <Way pages={row.pages} part={row.share / most} onStart={startAt} />,
            share: (row) => shareOf(row, before),
          }}
          asked={{ direction, pages, length: String(length), ...(starts !== null && { starts }) }}
          writing={writing}
        />
        <NextPage next={told.next} />
      </BlockStack>
    </Card>
  );

  function startAt(page: string) {
    change({ starts: page });
  }
}

/** "12%", and what it was before. */
function shareOf({ pages, share }: Journey, before: Journey[] | null): string {
  const shown = (value: number | null) =>
    showFigure(value, "share", { currency: null, timeZone: "UTC" });
  if (before === null) return shown(share);
  const was = before.find((row) => row.pages === pages)?.share ?? null;
  return `${shown(share)} (before: ${shown(was)})`;
}

function Choices({ direction, pages, length, starts }: Props) {
  const { change } = useViewAddress();
  return (
    <FormLayout>
      <FormLayout.Group>
        <Select
          label="Told from"
          options={[
            { label: "The entry on", value: "entry" },
            { label: "A purchase back", value: "purchase" },
          ]}
          value={direction}
          onChange={(picked) => change({ direction: picked, starts: null })}
        />
        <Select
          label="Pages named by"
          options={[
            { label: "Their type", value: "type" },
            { label: "Their path", value: "path" },
          ]}
          value={pages}
          onChange={(picked) => change({ pages: picked, starts: null })}
        />
        <Select
          label="Pages of a journey, at most"
          options={LENGTHS}
          value={String(length)}
          onChange={(picked) => change({ length: picked })}
        />
      </FormLayout.Group>
      {starts !== null && (
        <button type="button" className="Polaris-Link" onClick={() => change({ starts: null })}>
          {`Only those that begin with ${starts}: show all`}
        </button>
      )}
    </FormLayout>
  );
}

type WayProps = { pages: string; part: number; onStart: (page: string) => void };

/** A journey's pages; the first one leads to all that begin with it. */
function Way({ pages, part, onStart }: WayProps) {
  const [first = "", ...rest] = pages.split(THEN);
  return (
    <div className="journey">
      <span className="journey-pages">
        <button
          type="button"
          className="journey-page is-first"
          title={`Only journeys that begin with ${first}`}
          onClick={() => onStart(first)}
        >
          {first}
        </button>
        {rest.map((page, index) => (
          <span key={index}>
            <span aria-hidden>→ </span>
            <span className="journey-page">{page}</span>
          </span>
        ))}
      </span>
      <span className="journey-bar" aria-hidden style={{ width: `${part * 100}%` }} />
    </div>
  );
}
