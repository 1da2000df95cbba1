import { BlockStack, Button, Card, InlineStack } from "@shopify/polaris";
import { SESSION_TIMELINE } from "~/analytics/sessions/single-definitions";
import type { TimelineRow } from "~/analytics/sessions/timeline.server";
import { clockTime } from "../moments";
import type { Shown } from "../shown";
import { showDuration, type Writing } from "./figures";
import { ReportTable } from "./report-table";

type Row = Shown<TimelineRow>;
type Props = {
  sessionId: string;
  rows: Row[];
  /** Addresses; null where there is no such page. */
  next: string | null;
  first: string | null;
  writing: Writing;
};

const COLUMNS: (keyof Row)[] = ["at", "what", "details", "page", "sinceStart"];

/** What happened in a session, the first first. */
export const TimelineCard = ({ sessionId, rows, next, first, writing }: Props) => (
  <Card>
    <BlockStack gap="300">
      <ReportTable
        report={{ ...SESSION_TIMELINE, path: `sessions/${encodeURIComponent(sessionId)}` }}
        title={SESSION_TIMELINE.title}
        columns={COLUMNS}
        rows={rows}
        keyOf={({ id }) => id}
        cells={{
          at: ({ at }) => clockTime(at, writing.timeZone),
          what: ({ what }) => <strong>{what}</strong>,
          sinceStart: ({ sinceStart }) => showDuration(sinceStart),
        }}
        writing={writing}
      />
      {(first ?? next) !== null && (
        <InlineStack gap="200">
          {first !== null && <Button url={first}>From the beginning</Button>}
          {next !== null && <Button url={next}>What came later</Button>}
        </InlineStack>
      )}
    </BlockStack>
  </Card>
);
