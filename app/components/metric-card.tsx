import { BlockStack, Card, Text } from "@shopify/polaris";

type Props = { name: string; value: number; meaning: string };

/** One number, and the sentence that says what it counts. */
export const MetricCard = ({ name, value, meaning }: Props) => (
  <Card>
    <BlockStack gap="100">
      <Text as="h2" variant="headingSm">
        {name}
      </Text>
      <Text as="p" variant="heading2xl" numeric>
        {value.toLocaleString("en")}
      </Text>
      <Text as="p" tone="subdued">
        {meaning}
      </Text>
    </BlockStack>
  </Card>
);
