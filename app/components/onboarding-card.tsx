import { BlockStack, Button, Card, Icon, InlineStack, List, Text } from "@shopify/polaris";
import { CheckCircleIcon, ClockIcon, StoreIcon } from "@shopify/polaris-icons";
import type { ComponentProps, ReactNode } from "react";
import type { PixelConnection } from "~/shopify/pixel";

type Props = {
  /** Null until Shopify has answered. */
  connection: PixelConnection | null;
  /** The address of the shop's own pages. */
  storefront: string;
};

/** The way to the first event; before it there is nothing else to show. */
export const OnboardingCard = ({ connection, storefront }: Props) => (
  <Card>
    <BlockStack gap="400">
      <Text as="h2" variant="headingMd">
        See your first visitor
      </Text>
      <BlockStack gap="300">
        <ConnectionStep connection={connection} />
        <Step icon={StoreIcon}>
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p">Open your storefront, and look at a page or two.</Text>
            <Button url={storefront} target="_blank">
              Open storefront
            </Button>
          </BlockStack>
        </Step>
        <Step icon={ClockIcon}>
          <Text as="p">
            Your visit shows up here within seconds; this page looks for it by itself.
          </Text>
        </Step>
      </BlockStack>
      <WhatToCheck />
    </BlockStack>
  </Card>
);

function ConnectionStep({ connection }: Pick<Props, "connection">) {
  if (connection === null) return <Step icon={ClockIcon}>The pixel is being connected.</Step>;
  if (connection.status === "failed")
    return <Step icon={ClockIcon}>The pixel has to be connected first: see above.</Step>;
  return (
    <Step icon={CheckCircleIcon} tone="success">
      The pixel is connected.
    </Step>
  );
}

type IconProps = ComponentProps<typeof Icon>;
type StepProps = { icon: IconProps["source"]; tone?: IconProps["tone"]; children: ReactNode };

const Step = ({ icon, tone, children }: StepProps) => (
  <InlineStack gap="300" wrap={false} blockAlign="start">
    <span>
      <Icon source={icon} tone={tone ?? "subdued"} />
    </span>
    <div>{children}</div>
  </InlineStack>
);

const WhatToCheck = () => (
  <BlockStack gap="200">
    <Text as="h3" variant="headingSm">
      Nothing after a minute?
    </Text>
    <List>
      <List.Item>
        If your shop asks visitors for consent, accept the cookies: without consent to analytics,
        nothing is recorded.
      </List.Item>
      <List.Item>Try a window without ad blockers and without private browsing.</List.Item>
      <List.Item>Visits in the theme editor and in previews do not count.</List.Item>
    </List>
  </BlockStack>
);
