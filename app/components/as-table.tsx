import { Button, Collapsible, InlineStack } from "@shopify/polaris";
import { useId, useState, type ComponentProps } from "react";
import { FigureTable } from "./figure-table";

/** A chart's numbers as a table, which opens on demand. */
export function AsTable<Row>(table: ComponentProps<typeof FigureTable<Row>>) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <>
      <InlineStack>
        <Button
          variant="plain"
          disclosure={isOpen ? "up" : "down"}
          ariaExpanded={isOpen}
          ariaControls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "Hide table" : "Show as table"}
        </Button>
      </InlineStack>
      <Collapsible id={id} open={isOpen}>
        <FigureTable {...table} />
      </Collapsible>
    </>
  );
}
