import { BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { longMoment } from "./moments";

type Props = {
  /** The share of visitors whose events are sent. */
  sampleRate: number;
  sampleRates: number[];
  /** Until when the key before works, an ISO timestamp; null before the first replacement. */
  previousPixelKeyUntil: string | null;
  timeZone: string;
  /** The change that is on its way. */
  changing: FormDataEntryValue | null;
  onRotate: () => void;
  onShare: (sampleRate: number) => void;
};

/** What the merchant can change about the pixel: how much it sends, and with which key. */
export const PixelSettingsCard = (props: Props) => (
  <Card>
    <BlockStack gap="400">
      <Text as="h2" variant="headingSm">
        Web pixel
      </Text>
      <Share {...props} />
      <Key {...props} />
    </BlockStack>
  </Card>
);

const Share = ({ sampleRate, sampleRates, changing, onShare }: Props) => (
  <Select
    label="Visitors whose events are kept"
    helpText="For shops with more traffic than they want to keep. Whole visits are kept or left out, numbers are scaled up, and purchases are always kept."
    options={sampleRates.map((rate) => ({ value: String(rate), label: `${rate * 100} %` }))}
    value={String(sampleRate)}
    disabled={changing !== null}
    onChange={(value) => onShare(Number(value))}
  />
);

const Key = ({ previousPixelKeyUntil, timeZone, changing, onRotate }: Props) => (
  <InlineStack gap="200" align="space-between" blockAlign="center">
    <BlockStack gap="050">
      <Text as="h3" variant="headingSm">
        Key
      </Text>
      <Text as="p" tone="subdued">
        Names your shop in what the pixel sends. After a replacement both keys work for a week.
      </Text>
      {previousPixelKeyUntil && (
        <Text as="p" tone="subdued">
          The last old key works until {longMoment(previousPixelKeyUntil, timeZone)}.
        </Text>
      )}
    </BlockStack>
    <Button loading={changing === "key"} disabled={changing !== null} onClick={onRotate}>
      Replace key
    </Button>
  </InlineStack>
);
