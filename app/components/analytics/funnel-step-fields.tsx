import { Box, Button, FormLayout, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import {
  CHECKOUT_STEP_NAMES,
  CONDITIONS,
  conditionsOf,
  STEP_KIND_NAMES,
  STEP_KINDS,
  type Condition,
  type FunnelStep,
  type StepKind,
} from "~/analytics/funnel/steps";
import { PAGE_TYPES } from "~/projections/page-type";

type Props = {
  place: number;
  step: FunnelStep;
  canGo: boolean;
  onChange: (step: FunnelStep) => void;
  onRemove: () => void;
};

/** One step of a funnel: what happens, and the conditions that its kind can have. */
export const StepFields = ({ place, step, canGo, onChange, onRemove }: Props) => (
  <Box padding="300" borderWidth="025" borderColor="border" borderRadius="200">
    <InlineStack align="space-between" blockAlign="center">
      <Text as="h3" variant="headingSm">
        Step {place}
      </Text>
      {canGo && (
        <Button variant="plain" accessibilityLabel={`Remove step ${place}`} onClick={onRemove}>
          Remove
        </Button>
      )}
    </InlineStack>
    <FormLayout>
      <Select
        label={`What happens at step ${place}`}
        options={STEP_KIND_NAMES.map((value) => ({ value, label: STEP_KINDS[value].name }))}
        value={step.kind}
        onChange={(kind: StepKind) => onChange({ kind })}
      />
      {conditionsOf(step.kind).map((name) => (
        <ConditionField
          key={name}
          name={name}
          value={step[name] ?? ""}
          onChange={(value) => onChange({ ...step, [name]: value === "" ? undefined : value })}
        />
      ))}
    </FormLayout>
  </Box>
);

const CHOICES: { [Name in Condition]?: readonly string[] } = {
  pageType: PAGE_TYPES,
  checkoutStep: CHECKOUT_STEP_NAMES,
};

type FieldProps = { name: Condition; value: string; onChange: (value: string) => void };

function ConditionField({ name, value, onChange }: FieldProps) {
  const choices = CHOICES[name];
  const field = { label: CONDITIONS[name], value, onChange };
  if (!choices) return <TextField {...field} placeholder="Any" autoComplete="off" />;
  return <Select {...field} options={[{ label: "Any", value: "" }, ...choices]} />;
}
