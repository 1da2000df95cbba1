import { BlockStack, Button, FormLayout, InlineStack, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import {
  FIRST_DEFINITION,
  STEP_COUNT,
  type FunnelDefinition,
  type FunnelStep,
} from "~/analytics/funnel/steps";
import { StepFields } from "./funnel-step-fields";
import { WINDOW_UNITS, windowIn, type WindowUnit } from "./funnel-window";

/** A funnel that is built or changed; a new one has no id, and no definition yet. */
export type Draft = { funnelId: string | null; name: string; definition: FunnelDefinition | null };

type Props = {
  draft: Draft;
  isSaving: boolean;
  onSave: (fields: Record<string, string>) => void;
  onCancel: () => void;
};

/** The form in which a merchant builds a funnel. */
export function FunnelBuilder({ draft, isSaving, onSave, onCancel }: Props) {
  const [name, setName] = useState(draft.name);
  const [definition, setDefinition] = useState(draft.definition ?? FIRST_DEFINITION);
  const set = (changes: Partial<FunnelDefinition>) => setDefinition({ ...definition, ...changes });
  const save = () =>
    onSave({
      ...(draft.funnelId !== null && { funnelId: draft.funnelId }),
      ...{ name, definition: JSON.stringify(definition) },
    });
  return (
    <BlockStack gap="400">
      <TextField
        label="Name of the funnel"
        value={name}
        onChange={setName}
        autoComplete="off"
        maxLength={100}
      />
      <Steps steps={definition.steps} onChange={(steps) => set({ steps })} />
      <Rules definition={definition} onChange={set} />
      <InlineStack gap="200">
        <Button variant="primary" loading={isSaving} disabled={name.trim() === ""} onClick={save}>
          Save funnel
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </InlineStack>
    </BlockStack>
  );
}

type StepsProps = { steps: FunnelStep[]; onChange: (steps: FunnelStep[]) => void };

const Steps = ({ steps, onChange }: StepsProps) => (
  <BlockStack gap="300">
    {steps.map((step, index) => (
      <StepFields
        key={index} // a step is its place: it has no other name
        place={index + 1}
        step={step}
        canGo={steps.length > STEP_COUNT.least}
        onChange={(changed) => onChange(steps.with(index, changed))}
        onRemove={() => onChange(steps.toSpliced(index, 1))}
      />
    ))}
    {steps.length < STEP_COUNT.most && (
      <InlineStack>
        <Button onClick={() => onChange([...steps, { kind: "purchase" }])}>Add a step</Button>
      </InlineStack>
    )}
  </BlockStack>
);

type RulesProps = {
  definition: FunnelDefinition;
  onChange: (changes: Partial<FunnelDefinition>) => void;
};

function Rules({ definition: { order, windowMinutes, countedBy }, onChange }: RulesProps) {
  const [{ count, unit }, setWindow] = useState(windowIn(windowMinutes));
  const change = (window: { count: number; unit: WindowUnit }) => {
    setWindow(window);
    onChange({ windowMinutes: window.count * WINDOW_UNITS[window.unit] });
  };
  return (
    <FormLayout>
      <FormLayout.Group condensed>
        <TextField
          label="Within"
          type="number"
          min={1}
          value={String(count)}
          onChange={(text) => change({ count: Math.max(1, Math.round(Number(text))), unit })}
          autoComplete="off"
        />
        <Select
          label="Unit of the window"
          options={["minutes", "hours", "days"] satisfies WindowUnit[]}
          value={unit}
          onChange={(picked: WindowUnit) => change({ count, unit: picked })}
        />
      </FormLayout.Group>
      <FormLayout.Group condensed>
        <Select
          label="Order of the steps"
          options={[
            { label: "Each after the one before", value: "ordered" },
            { label: "Any, after the first", value: "loose" },
          ]}
          value={order}
          onChange={(picked: FunnelDefinition["order"]) => onChange({ order: picked })}
        />
        <Select
          label="Counted by"
          options={[
            { label: "Visitor", value: "visitor" },
            { label: "Session", value: "session" },
          ]}
          value={countedBy}
          onChange={(picked: FunnelDefinition["countedBy"]) => onChange({ countedBy: picked })}
        />
      </FormLayout.Group>
    </FormLayout>
  );
}
