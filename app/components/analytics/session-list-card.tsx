import { BlockStack, Button, Card, InlineStack } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import { SESSION_LIST } from "~/analytics/sessions/single-definitions";
import type { ListedSession } from "~/analytics/sessions/list.server";
import { longMoment } from "../moments";
import type { Shown } from "../shown";
import { visitorAddress, visitorName } from "../visitor-name";
import type { Writing } from "./figures";
import { ReportTable } from "./report-table";
import { sessionAddress } from "./session-address";

type Row = Shown<ListedSession>;
type Props = {
  rows: Row[];
  /** Addresses; null where there is no such page. */
  next: string | null;
  first: string | null;
  writing: Writing;
};

const COLUMNS: (keyof Row)[] = [
  ...(["startedAt", "visitor", "channel", "device", "landing", "exit"] as const),
  ...(["pages", "duration", "engagedTime", "orders", "revenue"] as const),
];

/** A page of sessions, each leading to all that happened in it. */
export const SessionListCard = ({ rows, next, first, writing }: Props) => (
  <Card>
    <BlockStack gap="300">
      <ReportTable
        report={SESSION_LIST}
        title="Sessions"
        columns={COLUMNS}
        rows={rows}
        keyOf={({ sessionId }) => sessionId}
        cells={{
          startedAt: ({ sessionId, startedAt }) => (
            <Link className="Polaris-Link" to={sessionAddress(sessionId)}>
              {longMoment(startedAt, writing.timeZone)}
            </Link>
          ),
          visitor: ({ visitor }) => (
            <Link className="Polaris-Link" to={visitorAddress(visitor)}>
              {visitorName(visitor)}
            </Link>
          ),
        }}
        writing={writing}
      />
      {(first ?? next) !== null && (
        <InlineStack gap="200">
          {first !== null && <Button url={first}>Newest sessions</Button>}
          {next !== null && <Button url={next}>Earlier sessions</Button>}
        </InlineStack>
      )}
    </BlockStack>
  </Card>
);
