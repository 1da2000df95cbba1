import {
  BlockStack,
  Card,
  InlineGrid,
  SkeletonBodyText,
  SkeletonDisplayText,
  SkeletonPage,
} from "@shopify/polaris";

/** The outline of a page that is being loaded. */
export const PageSkeleton = () => (
  <SkeletonPage title="">
    <NumbersSkeleton />
  </SkeletonPage>
);

/** The outline of a period's numbers, about as tall as they are. */
export const NumbersSkeleton = () => (
  <div aria-busy="true" aria-label="Loading">
    <BlockStack gap="400">
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="400">
        {["visitors", "sessions", "page views"].map((name) => (
          <Card key={name}>
            <BlockStack gap="300">
              <SkeletonDisplayText size="small" />
              <SkeletonBodyText lines={3} />
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
      <Card>
        <BlockStack gap="400">
          <SkeletonDisplayText size="small" />
          <SkeletonBodyText lines={12} />
        </BlockStack>
      </Card>
    </BlockStack>
  </div>
);
