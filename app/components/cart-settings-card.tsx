import { BlockStack, Card, Select, Text } from "@shopify/polaris";
import { QUIET_CHOICES } from "~/projections/visitors/quiet";

type Props = {
  /** After how many minutes without a change a cart counts as abandoned. */
  quietMinutes: number;
  isChanging: boolean;
  onChange: (minutes: number) => void;
};

/** When a cart counts as abandoned. */
export const CartSettingsCard = ({ quietMinutes, isChanging, onChange }: Props) => (
  <Card>
    <BlockStack gap="400">
      <Text as="h2" variant="headingSm">
        Abandoned carts
      </Text>
      <Select
        label="A cart counts as abandoned after"
        helpText="Time in which nothing is put in, taken out or done at the checkout. Carts that you have are judged anew."
        options={[...new Set([...QUIET_CHOICES, quietMinutes])]
          .sort((one, other) => one - other)
          .map((minutes) => ({ value: String(minutes), label: inWords(minutes) }))}
        value={String(quietMinutes)}
        disabled={isChanging}
        onChange={(value) => onChange(Number(value))}
      />
    </BlockStack>
  </Card>
);

const UNITS = [
  { unit: "day", minutes: 1_440 },
  { unit: "hour", minutes: 60 },
  { unit: "minute", minutes: 1 },
] as const;

/** "3 hours": in the largest unit of which it is a whole number. */
function inWords(minutes: number): string {
  const { unit, minutes: size } = UNITS.find((each) => minutes % each.minutes === 0) ?? UNITS[2];
  return new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay: "long" }).format(
    minutes / size,
  );
}
