import { BlockStack, Card, List, Text } from "@shopify/polaris";

/** What is kept of a visitor, for how long, and what is not. */
export const CollectedCard = ({ retentionDays }: { retentionDays: number }) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        What is collected
      </Text>
      <List>
        <List.Item>
          What happens in your storefront and checkout: pages, products and collections seen,
          searches, cart changes and the steps of a checkout, with products and amounts.
        </List.Item>
        <List.Item>
          A random id of the browser, Shopify&apos;s id of a signed-in customer, the page&apos;s
          path and title, where the visitor came from, the browser&apos;s name, language and screen
          size.
        </List.Item>
        <List.Item>
          Only after the consent that your shop asks for, and with that consent written beside it.
        </List.Item>
        <List.Item>No names, email or postal addresses, phone numbers or IP addresses.</List.Item>
      </List>
      <Text as="p">
        Events are kept for {retentionDays} days and then deleted. They are stored by whoever runs
        this installation of Pixelnova, and passed on to nobody.
      </Text>
      <Text as="p" tone="subdued">
        Every event and field is listed in docs/events.md, and what happens to them in
        docs/privacy.md, beside Pixelnova&apos;s source.
      </Text>
    </BlockStack>
  </Card>
);
