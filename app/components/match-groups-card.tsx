import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  Divider,
  InlineGrid,
  InlineStack,
  Pagination,
  Text,
} from "@shopify/polaris";
import { LinkIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { MatchListingView, type MatchListing } from "./match-listing";
import { NothingHere } from "./nothing-here";

export type MatchGroup = { groupId: string; listings: MatchListing[] };

type Props = {
  groups: MatchGroup[];
  total: number;
  page: number;
  pages: number;
  own: string;
  isBusy: boolean;
  onSplit: (groupId: string, listings: string[]) => void;
  onMerge: (groupIds: string[]) => void;
  onPage: (page: number) => void;
};

/** Listings that are one product; the merchant may part and join them. */
export function MatchGroupsCard({ groups, total, page, pages, onMerge, onPage, ...rest }: Props) {
  const [chosen, setChosen] = useState<string[]>([]);
  const present = chosen.filter((id) => groups.some(({ groupId }) => groupId === id));
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            {total === 1 ? "1 product that is listed more than once" : titleOf(total)}
          </Text>
          {groups.length > 1 && (
            <Button
              disabled={present.length < 2 || rest.isBusy}
              onClick={() => {
                setChosen([]);
                onMerge(present);
              }}
            >
              Merge chosen products
            </Button>
          )}
        </InlineStack>
        {groups.length === 0 && (
          <NothingHere
            icon={LinkIcon}
            title="No product is listed more than once"
            advice="Listings are compared when your catalogue has been fetched, and again when it changes."
          />
        )}
        {groups.map((group) => (
          <GroupView
            key={`${group.groupId} ${group.listings.length}`}
            group={group}
            {...rest}
            isChosen={present.includes(group.groupId)}
            onChoose={(isChosen) =>
              setChosen(
                isChosen
                  ? [...present, group.groupId]
                  : present.filter((id) => id !== group.groupId),
              )
            }
          />
        ))}
        {pages > 1 && (
          <Pagination
            label={`${page} of ${pages}`}
            hasPrevious={page > 1}
            onPrevious={() => onPage(page - 1)}
            hasNext={page < pages}
            onNext={() => onPage(page + 1)}
          />
        )}
      </BlockStack>
    </Card>
  );
}

const titleOf = (total: number) => `${total} products that are listed more than once`;

type GroupProps = Pick<Props, "own" | "isBusy" | "onSplit"> & {
  group: MatchGroup;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
};

function GroupView({ group, own, isBusy, onSplit, isChosen, onChoose }: GroupProps) {
  const [leaving, setLeaving] = useState<string[]>([]);
  const { groupId, listings } = group;
  const name = listings[0]?.title ?? "";
  const canSplit = leaving.length > 0 && leaving.length < listings.length;
  const toggle = (listing: string) => (isLeaving: boolean) =>
    setLeaving(isLeaving ? [...leaving, listing] : leaving.filter((other) => other !== listing));
  return (
    <section aria-label={name}>
      <BlockStack gap="300">
        <Divider />
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Checkbox
            label={`${name}: ${listings.length} listings`}
            checked={isChosen}
            onChange={onChoose}
          />
          <Button
            variant="plain"
            disabled={!canSplit || isBusy}
            accessibilityLabel={`Split the chosen listings off ${name}`}
            onClick={() => onSplit(groupId, leaving)}
          >
            Split off chosen
          </Button>
        </InlineStack>
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="300">
          {listings.map((listing) => (
            <InlineStack key={listing.name} gap="200" wrap={false} blockAlign="start">
              <Checkbox
                label={`Split off ${listing.title} of ${listing.vendor}`}
                labelHidden
                checked={leaving.includes(listing.name)}
                onChange={toggle(listing.name)}
              />
              <MatchListingView listing={listing} own={own} />
            </InlineStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </section>
  );
}
