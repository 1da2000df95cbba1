import { Box, Button, ButtonGroup, InlineStack, Text } from "@shopify/polaris";
import type { Period, Preset } from "~/analytics/period";

const CHOICES = { today: "Today", "7d": "7 days", "30d": "30 days", "90d": "90 days" } as const;
const PRESETS = ["today", "7d", "30d", "90d"] as const;

type Props = {
  preset: Period["preset"];
  timeZone: string;
  onPick: (preset: Preset) => void;
};

/** Chooses the period, and says whose days are meant. */
export const PeriodPicker = ({ preset, timeZone, onPick }: Props) => (
  <Box paddingInline={{ xs: "400", sm: "0" }}>
    <InlineStack gap="300" blockAlign="center" align="space-between">
      <div role="group" aria-label="Period">
        <ButtonGroup variant="segmented">
          {PRESETS.map((choice) => (
            <Button key={choice} pressed={choice === preset} onClick={() => onPick(choice)}>
              {CHOICES[choice]}
            </Button>
          ))}
        </ButtonGroup>
      </div>
      <Text as="span" tone="subdued">
        In your shop&apos;s time zone, {timeZone.replaceAll("_", " ")}
      </Text>
    </InlineStack>
  </Box>
);
