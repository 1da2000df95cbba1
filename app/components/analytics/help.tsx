import { BlockStack, Button, Popover, Text } from "@shopify/polaris";
import { QuestionCircleIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { isMetric, type Column } from "~/analytics/report";

/** A button that tells what a number means, how it is worked out and what it leaves out. */
export function Help({ column }: { column: Column }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      active={isOpen}
      onClose={() => setOpen(false)}
      sectioned
      activator={
        <Button
          variant="plain"
          icon={QuestionCircleIcon}
          accessibilityLabel={`What ${column.name} means`}
          onClick={() => setOpen(!isOpen)}
        />
      }
    >
      <BlockStack gap="200">
        <Text as="p">{column.meaning}</Text>
        {isMetric(column) && (
          <>
            <Text as="p" tone="subdued">
              {`Worked out as: ${column.formula}`}
            </Text>
            <Text as="p" tone="subdued">
              {`Not counted: ${column.leavesOut}`}
            </Text>
          </>
        )}
      </BlockStack>
    </Popover>
  );
}
