import { Box, Button, ButtonGroup, InlineStack, Select, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { COMPARISON_NAMES, COMPARISONS, type Comparison } from "~/analytics/comparison";
import type { Period, Preset } from "~/analytics/period";

const CHOICES = { today: "Today", "7d": "7 days", "30d": "30 days", "90d": "90 days" } as const;
const PRESETS = ["today", "7d", "30d", "90d"] as const;

type Props = {
  preset: Period["preset"];
  timeZone: string;
  onPick: (preset: Preset) => void;
  /** What else is chosen. */
  children?: ReactNode;
};

/** Chooses the period, and says whose days are meant. */
export const PeriodPicker = ({ preset, timeZone, onPick, children }: Props) => (
  <Box paddingInline={{ xs: "400", sm: "0" }}>
    <InlineStack gap="300" blockAlign="center" align="space-between">
      <InlineStack gap="300" blockAlign="center">
        <div role="group" aria-label="Period">
          <ButtonGroup variant="segmented">
            {PRESETS.map((choice) => (
              <Button key={choice} pressed={choice === preset} onClick={() => onPick(choice)}>
                {CHOICES[choice]}
              </Button>
            ))}
          </ButtonGroup>
        </div>
        {children}
      </InlineStack>
      <Text as="span" tone="subdued">
        In your shop&apos;s time zone, {timeZone.replaceAll("_", " ")}
      </Text>
    </InlineStack>
  </Box>
);

type AgainstProps = { picked: Comparison; onPick: (comparison: Comparison) => void };

/** Chooses what a period is set against. */
export const ComparisonPicker = ({ picked, onPick }: AgainstProps) => (
  <Select
    label="Compared to"
    labelInline
    options={COMPARISONS.map((value) => ({ value, label: COMPARISON_NAMES[value] }))}
    value={picked}
    onChange={onPick}
  />
);
