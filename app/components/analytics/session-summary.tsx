import { Banner, BlockStack, Card, InlineGrid, Text } from "@shopify/polaris";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { SingleSession } from "~/analytics/sessions/timeline.server";
import type { Shown } from "../shown";
import { visitorAddress, visitorName } from "../visitor-name";
import { showFigure, type Writing } from "./figures";

type Props = { session: Shown<SingleSession>; writing: Writing };

/** Who it was, where they came from and what came of it. */
export const SessionSummary = ({ session, writing }: Props) => (
  <>
    {session.botRule !== null && (
      <Banner tone="info" title="Taken for a program's">
        {`No number counts this session: it fits the rule “${session.botRule}”.`}
      </Banner>
    )}
    <Card>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
        {factsOf({ session, writing }).map(({ name, value }) => (
          <BlockStack key={name} gap="050">
            <Text as="h2" variant="bodySm" tone="subdued">
              {name}
            </Text>
            <Text as="p" breakWord>
              {value}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
    </Card>
  </>
);

function factsOf({ session, writing }: Props): { name: string; value: ReactNode }[] {
  const { visitor, startedAt, endedAt, orders } = session;
  const duration = Date.parse(endedAt) - Date.parse(startedAt);
  const from = [session.channel, session.source].filter(Boolean).join(", ");
  const device = [session.device, session.browser].filter(Boolean).join(", ");
  return [
    {
      name: "Visitor",
      value: (
        <Link className="Polaris-Link" to={visitorAddress(visitor)}>
          {visitorName(visitor)}
        </Link>
      ),
    },
    { name: "Visit of this browser", value: `No. ${session.number}` },
    { name: "Came from", value: from },
    { name: "Device", value: device || "–" },
    { name: "Duration", value: showFigure(duration, "duration", writing) },
    { name: "Engaged time", value: showFigure(session.engagedTime, "duration", writing) },
    { name: "Pages", value: showFigure(session.pages, "count", writing) },
    {
      name: "Orders",
      value: orders === 0 ? "None" : `${orders}, ${showFigure(session.revenue, "money", writing)}`,
    },
  ];
}
