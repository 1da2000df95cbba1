import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useFetcher } from "@remix-run/react";
import { useState } from "react";
import { KIND_NAMES, KINDS } from "~/analytics/annotations/annotation";
import type { Annotation } from "~/analytics/annotations/annotations.server";
import type { Change } from "~/analytics/annotations/changes.server";
import { ANNOTATIONS } from "~/analytics/annotations/definitions";
import type { Shown } from "../shown";
import { AnnotationForm } from "./annotation-form";
import { NextPage } from "./next-page";
import { ReportTable } from "./report-table";

type Row = Shown<Annotation>;
type Props = {
  rows: Row[];
  next?: string | null | undefined;
  timeZone: string;
  /** The shop's day. */
  today: string;
};

const NOT_ASKED: Change = { changed: false, faults: {}, refused: null };
const kindOf = ({ kind }: Row) => KIND_NAMES.find((name) => name === kind) ?? "other";

/** What is noted, where more is noted, and where it is changed. */
export function AnnotationCards({ rows, next, timeZone, today }: Props) {
  const { submit, data, state } = useFetcher<Change>();
  const [edited, setEdited] = useState<Row | null>(null);
  const [saved, setSaved] = useState(0);
  const { changed, faults, refused } = data ?? NOT_ASKED;
  const [answered, setAnswered] = useState(data);
  if (data !== answered) {
    setAnswered(data);
    setEdited(changed ? null : edited);
    setSaved(changed ? saved + 1 : saved);
  }
  const send = (fields: Record<string, string>) => submit(fields, { method: "post" });
  return (
    <>
      {refused !== null && (
        <Banner tone="warning" title="Nothing has been changed">
          {refused}
        </Banner>
      )}
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            {edited ? "Change an annotation" : "New annotation"}
          </Text>
          <AnnotationForm
            key={edited?.annotationId ?? `new ${saved}`}
            wish={
              edited
                ? { day: edited.day, kind: kindOf(edited), text: edited.text }
                : { day: today, kind: "campaign", text: "" }
            }
            faults={state === "idle" ? faults : {}}
            isSaving={state !== "idle"}
            onSave={(wish) =>
              send({ ...wish, ...(edited && { annotationId: edited.annotationId }) })
            }
            onCancel={edited ? () => setEdited(null) : undefined}
          />
        </BlockStack>
      </Card>
      <ListCard
        {...{ rows, next, timeZone }}
        onEdit={setEdited}
        onDelete={({ annotationId }) => send({ delete: annotationId })}
      />
    </>
  );
}

type ListProps = Omit<Props, "today"> & {
  onEdit: (row: Row) => void;
  onDelete: (row: Row) => void;
};

const ListCard = ({ rows, next, timeZone, onEdit, onDelete }: ListProps) => (
  <Card>
    <BlockStack gap="300">
      <ReportTable
        report={ANNOTATIONS}
        columns={["day", "text", "annotationId"]}
        headings={{ annotationId: "Change" }}
        rows={rows}
        keyOf={({ annotationId }) => annotationId}
        empty="Nothing is noted yet. Published themes come by themselves, once Shopify tells of one."
        cells={{
          text: (row) => (
            <>
              {row.text}
              <Text as="p" tone="subdued">
                {`${KINDS[kindOf(row)]}, noted by ${row.madeBy === "shop" ? "Shopify" : "you"}`}
              </Text>
            </>
          ),
          annotationId: (row) => (
            <InlineStack gap="200">
              {row.madeBy === "merchant" && (
                <Button
                  size="slim"
                  accessibilityLabel={`Edit ${row.text}`}
                  onClick={() => onEdit(row)}
                >
                  Edit
                </Button>
              )}
              <Button
                size="slim"
                tone="critical"
                accessibilityLabel={`Delete ${row.text}`}
                onClick={() => onDelete(row)}
              >
                Delete
              </Button>
            </InlineStack>
          ),
        }}
        asked={{ of: "all" }}
        writing={{ currency: null, timeZone }}
      />
      <NextPage next={next} />
    </BlockStack>
  </Card>
);
