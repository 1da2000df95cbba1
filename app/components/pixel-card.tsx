import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  InlineStack,
  Text,
  type BadgeProps,
} from "@shopify/polaris";
import type { PixelConnection } from "~/shopify/pixel";
import { ago, longMoment } from "./moments";

export type PixelCheck = {
  /** Null until Shopify has answered for the first time. */
  connection: PixelConnection | null;
  isChecking: boolean;
  check: () => void;
};

type Props = {
  pixel: PixelCheck;
  lastEventAt: string | null;
  /** The server's now, as an ISO timestamp. */
  asOf: string;
  timeZone: string;
};

type Status = PixelConnection["status"];
const STATUS: Record<Status, { badge: string; tone: BadgeProps["tone"]; sentence: string }> = {
  connected: {
    badge: "Connected",
    tone: "success",
    sentence: "Your storefront sends its events to Pixelnova.",
  },
  created: {
    badge: "Connected",
    tone: "success",
    sentence: "Just connected: from now on your storefront sends its events to Pixelnova.",
  },
  restored: {
    badge: "Restored",
    tone: "attention",
    sentence:
      "The pixel had been deleted, so we have put it back. What happened in between was not recorded.",
  },
  updated: {
    badge: "Updated",
    tone: "success",
    sentence: "The pixel had old settings and has just been given the current ones.",
  },
  failed: {
    badge: "Not connected",
    tone: "critical",
    sentence: "Your storefront's events may not reach Pixelnova.",
  },
};

/** Whether the storefront is connected, and when it was last heard of. */
export function PixelCard({ pixel, lastEventAt, asOf, timeZone }: Props) {
  const { connection } = pixel;
  const status = connection && STATUS[connection.status];
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingSm">
            Web pixel
          </Text>
          <div role="status">
            <Badge tone={status?.tone}>{status?.badge ?? "Checking"}</Badge>
          </div>
        </InlineStack>
        <Text as="p">{status?.sentence ?? "Asking Shopify whether the pixel is connected."}</Text>
        <Text as="p" tone="subdued">
          {lastEventAt
            ? `Last event ${ago(lastEventAt, asOf)}, at ${longMoment(lastEventAt, timeZone)}`
            : "No event has arrived yet"}
        </Text>
        {connection?.status === "failed" && <Failure pixel={pixel} reason={connection.reason} />}
      </BlockStack>
    </Card>
  );
}

const Failure = ({ pixel, reason }: { pixel: PixelCheck; reason: string }) => (
  <Banner tone="critical" title="The pixel could not be connected">
    <BlockStack gap="300">
      <Text as="p">{reason}</Text>
      <InlineStack>
        <Button onClick={pixel.check} loading={pixel.isChecking}>
          Try again
        </Button>
      </InlineStack>
    </BlockStack>
  </Banner>
);
