import { Banner, BlockStack, Button, InlineStack, Page, Text } from "@shopify/polaris";
import { useRevalidator, useRouteError } from "@remix-run/react";
import { explain, handoverOf } from "./failure";

/** The error page of a route inside the admin: says what happened, and offers another try. */
export function RouteError() {
  const error = useRouteError();
  const { revalidate, state } = useRevalidator();
  const handover = handoverOf(error);
  if (handover) return <div dangerouslySetInnerHTML={{ __html: handover }} />;
  const { title, message, canRetry } = explain(error);
  return (
    <Page title={title}>
      <Banner tone="critical">
        <BlockStack gap="300">
          <Text as="p">{message}</Text>
          <InlineStack gap="200" blockAlign="center">
            {canRetry && (
              <Button onClick={revalidate} loading={state === "loading"}>
                Try again
              </Button>
            )}
            <Button variant="plain" url="/app">
              Go to the home page
            </Button>
          </InlineStack>
        </BlockStack>
      </Banner>
    </Page>
  );
}
