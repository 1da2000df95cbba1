import { Button, InlineStack } from "@shopify/polaris";
import { useViewAddress } from "./view-address";

/** On to a list's next page, and back to its first.
 * @param next the cursor of the next page; null on the last */
export function Pager({ next }: { next: string | null }) {
  const { search, change } = useViewAddress();
  const isFirst = !search.has("cursor");
  if (isFirst && next === null) return null;
  return (
    <InlineStack gap="200" align="center">
      {!isFirst && <Button onClick={() => change({ cursor: null })}>First page</Button>}
      {next !== null && <Button onClick={() => change({ cursor: next })}>Next page</Button>}
    </InlineStack>
  );
}
