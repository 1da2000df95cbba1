import { BlockStack, Button, FormLayout, InlineStack, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import {
  KIND_NAMES,
  KINDS,
  MOST_CHARACTERS,
  type AnnotationKind,
  type Faults,
  type Wish,
} from "~/analytics/annotations/annotation";

type Props = {
  /** What the fields say at first. */
  wish: Wish;
  /** What was wrong with them when they were sent. */
  faults: Faults;
  isSaving: boolean;
  onSave: (wish: Wish) => void;
  /** None where there is nothing to go back to. */
  onCancel?: (() => void) | undefined;
};

/** Where a merchant notes what happened, or changes it. */
export function AnnotationForm({ wish: first, faults, isSaving, onSave, onCancel }: Props) {
  const [wish, setWish] = useState(first);
  const set = (change: Partial<Wish>) => setWish({ ...wish, ...change });
  return (
    <BlockStack gap="300">
      <FormLayout>
        <FormLayout.Group condensed>
          <TextField
            label="Day"
            type="date"
            value={wish.day}
            onChange={(day) => set({ day })}
            error={faults.day}
            autoComplete="off"
          />
          <Select
            label="What it was"
            options={KIND_NAMES.map((value) => ({ value, label: KINDS[value] }))}
            value={wish.kind}
            onChange={(kind: AnnotationKind) => set({ kind })}
            error={faults.kind}
          />
        </FormLayout.Group>
        <TextField
          label="What happened"
          placeholder="Newsletter about the winter sale"
          value={wish.text}
          onChange={(text) => set({ text })}
          error={faults.text}
          maxLength={MOST_CHARACTERS}
          showCharacterCount
          autoFocus={onCancel !== undefined}
          autoComplete="off"
        />
      </FormLayout>
      <InlineStack gap="200">
        <Button variant="primary" loading={isSaving} onClick={() => onSave(wish)}>
          Save annotation
        </Button>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </InlineStack>
    </BlockStack>
  );
}
