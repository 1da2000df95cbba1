import { Button, InlineStack } from "@shopify/polaris";
import { useViewAddress } from "./view-address";

/** Leads on in a list, and back to where it begins. */
export function NextPage({ next }: { next: string | null | undefined }) {
  const { search, change } = useViewAddress();
  if (!next && !search.has("cursor")) return null;
  return (
    <InlineStack gap="200">
      {search.has("cursor") && <Button onClick={() => change({})}>First page</Button>}
      {next && <Button onClick={() => change({ cursor: next })}>Next page</Button>}
    </InlineStack>
  );
}
