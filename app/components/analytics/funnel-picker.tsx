import { Banner, BlockStack, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import type { BuiltFunnel } from "~/analytics/funnel/funnels.server";
import { stepName, type FunnelDefinition } from "~/analytics/funnel/steps";
import { FunnelBuilder, type Draft } from "./funnel-builder";
import { windowIn } from "./funnel-window";
import { useViewAddress } from "./view-address";

type Props = { funnels: BuiltFunnel[]; built: BuiltFunnel | null };

/** Chooses one of the shop's funnels, and lets the merchant build, change and delete them. */
export function FunnelPicker({ funnels, built }: Props) {
  const { search, change } = useViewAddress();
  const { submit, data, state } = useFetcher<{ refused: string }>();
  const draft = draftIn(search.get("build"), built);
  return (
    <Card>
      <BlockStack gap="300">
        {data?.refused && (
          <Banner tone="warning" title="Nothing has been changed">
            {data.refused}
          </Banner>
        )}
        <Select
          label="Funnel"
          options={[
            { label: "The way to a purchase", value: "" },
            ...funnels.map(({ funnelId, name }) => ({ label: name, value: funnelId })),
          ]}
          value={built?.funnelId ?? ""}
          onChange={(picked) => change({ funnel: picked || null, build: null })}
        />
        {built && <Text as="p">{inWords(built.definition)}</Text>}
        <InlineStack gap="200">
          <Button onClick={() => change({ build: "new" })}>New funnel</Button>
          {built && <Button onClick={() => change({ build: "edit" })}>Edit</Button>}
          {built && (
            <Button
              tone="critical"
              onClick={() => submit({ delete: built.funnelId }, { method: "post" })}
            >
              Delete
            </Button>
          )}
        </InlineStack>
        {draft && (
          <FunnelBuilder
            key={draft.funnelId ?? "new"}
            draft={draft}
            isSaving={state !== "idle"}
            onCancel={() => change({ build: null })}
            onSave={(fields) => submit(fields, { method: "post" })}
          />
        )}
      </BlockStack>
    </Card>
  );
}

/** What the form shows; null where it is closed. */
function draftIn(build: string | null, built: BuiltFunnel | null): Draft | null {
  if (build === "new") return { funnelId: null, name: "", definition: null };
  return build === "edit" ? built : null;
}

/** "Searched → Purchase; in this order, within 1 day, counted by visitor". */
function inWords({ steps, order, windowMinutes, countedBy }: FunnelDefinition): string {
  const { count, unit } = windowIn(windowMinutes);
  const way = steps.map(stepName).join(" → ");
  const ordered = order === "ordered" ? "in this order" : "in any order after the first";
  return `${way}; ${ordered}, within ${count} ${count === 1 ? unit.slice(0, -1) : unit}, counted by ${countedBy}`;
}
