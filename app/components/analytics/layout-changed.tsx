import { Banner, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import type { LayoutChange } from "~/analytics/heatmap/layout";
import { longMoment } from "../moments";
import type { Shown } from "../shown";
import type { Writing } from "./figures";
import { useViewAddress } from "./view-address";

type Days = { from: string; to: string } | null | undefined;
type Props = {
  change: Shown<LayoutChange> & { before?: Days; after?: Days };
  writing: Writing;
};

/** Says why no heatmap is drawn, and offers the days on which the layout was one. */
export const LayoutChanged = ({ change, writing: { timeZone } }: Props) => (
  <Banner tone="warning" title="The layout changed in this period, so no heatmap is drawn">
    <BlockStack gap="200">
      <Text as="p">
        {change.from === change.until
          ? `It changed about ${longMoment(change.from, timeZone)}. `
          : `It changed between ${longMoment(change.from, timeZone)} and ${longMoment(change.until, timeZone)}. `}
        Clicks on two layouts in one picture would mislead.
      </Text>
      {change.gone.length > 0 && <Text as="p">{`Clicked before only: ${few(change.gone)}`}</Text>}
      {change.come.length > 0 && <Text as="p">{`Clicked since only: ${few(change.come)}`}</Text>}
      <InlineStack gap="200">
        <Offer name="Show the days since" days={change.after} />
        <Offer name="Show the days before" days={change.before} />
      </InlineStack>
      {!change.before && !change.after && (
        <Text as="p">Choose days before it, or wait for a day after it.</Text>
      )}
    </BlockStack>
  </Banner>
);

const SHOWN = 3;

const few = (elements: string[]): string =>
  elements.length > SHOWN
    ? `${elements.slice(0, SHOWN).join(", ")} and ${elements.length - SHOWN} more`
    : elements.join(", ");

function Offer({ name, days }: { name: string; days: Days }) {
  const { change } = useViewAddress();
  if (!days) return null;
  return <Button onClick={() => change({ period: null, unit: null, ...days })}>{name}</Button>;
}
