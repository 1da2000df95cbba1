import { BlockStack, Box, Icon, Text } from "@shopify/polaris";
import type { ComponentProps } from "react";

type Props = {
  icon: ComponentProps<typeof Icon>["source"];
  title: string;
  /** What will fill this place, or where to look instead. */
  advice: string;
};

/** The empty state of a card. */
export const NothingHere = ({ icon, title, advice }: Props) => (
  <Box padding="600">
    <BlockStack gap="200" inlineAlign="center">
      <span>
        <Icon source={icon} tone="subdued" />
      </span>
      <Text as="h3" variant="headingSm" alignment="center">
        {title}
      </Text>
      <Text as="p" tone="subdued" alignment="center">
        {advice}
      </Text>
    </BlockStack>
  </Box>
);
