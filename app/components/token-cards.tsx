import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  ChoiceList,
  InlineStack,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import { SCOPE_NAMES, SCOPES, type Scope } from "~/api/scopes";
import { EXPIRY_DAYS } from "~/api/tokens";
import type { ListedToken } from "~/api/tokens.server";
import { FigureTable, type Column } from "./figure-table";
import { longMoment } from "./moments";
import type { Shown } from "./shown";

type Wished = { name: string; scopes: Scope[]; days: string };
type NewProps = { isMaking: boolean; onMake: (wished: Wished) => void };

const FIRST: Wished = { name: "", scopes: ["read_products"], days: "90" };
const DAYS = [
  ...EXPIRY_DAYS.map((days) => ({ value: String(days), label: `${days} days` })),
  { value: "never", label: "It does not end" },
];

/** Where a token is made. */
export function NewTokenCard({ isMaking, onMake }: NewProps) {
  const [wished, setWished] = useState(FIRST);
  const set = (change: Partial<Wished>) => setWished({ ...wished, ...change });
  const isReady = wished.name.trim() !== "" && wished.scopes.length > 0;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          New token
        </Text>
        <TextField
          label="What will use it"
          maxLength={60}
          value={wished.name}
          onChange={(name) => set({ name })}
          autoComplete="off"
        />
        <ChoiceList
          allowMultiple
          title="What it may do"
          choices={SCOPE_NAMES.map((scope) => ({ value: scope, label: SCOPES[scope] }))}
          selected={wished.scopes}
          onChange={(scopes: Scope[]) => set({ scopes })}
        />
        <Select
          label="It ends after"
          options={DAYS}
          value={wished.days}
          onChange={(days) => set({ days })}
        />
        <InlineStack>
          <Button onClick={() => onMake(wished)} disabled={!isReady} loading={isMaking}>
            Make token
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** The one time that a token is shown. */
export const MadeToken = ({ token }: { token: string }) => (
  <Banner tone="success" title="Copy the token now: it is not shown again">
    <code style={{ overflowWrap: "anywhere" }}>{token}</code>
  </Banner>
);

type Token = Shown<ListedToken>;
type ListProps = {
  tokens: Token[];
  /** The server's clock. */
  now: string;
  timeZone: string;
  /** The token that is being revoked. */
  revoking: string | null;
  onRevoke: (tokenId: string) => void;
};

export const TokensCard = ({ tokens, ...rest }: ListProps) => (
  <Card>
    <BlockStack gap="300">
      <Text as="h2" variant="headingSm">
        Tokens
      </Text>
      {tokens.length === 0 ? (
        <Text as="p" tone="subdued">
          There is none yet. A program needs one to read the catalogue.
        </Text>
      ) : (
        <FigureTable
          label="Tokens"
          columns={columnsFor(rest)}
          rows={tokens}
          keyOf={({ tokenId }) => tokenId}
        />
      )}
    </BlockStack>
  </Card>
);

const columnsFor = ({ now, timeZone, revoking, onRevoke }: Omit<ListProps, "tokens">) => {
  const columns: Column<Token>[] = [
    { heading: "Token", cell: NameCell },
    {
      heading: "Last used",
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? "Never" : longMoment(lastUsedAt, timeZone)),
    },
    {
      heading: "Ends",
      cell: ({ expiresAt }) => (expiresAt === null ? "Never" : longMoment(expiresAt, timeZone)),
    },
    {
      heading: "State",
      cell: (token) =>
        stateOf(token, now) ?? (
          <Button
            size="slim"
            tone="critical"
            accessibilityLabel={`Revoke ${token.name}`}
            loading={revoking === token.tokenId}
            onClick={() => onRevoke(token.tokenId)}
          >
            Revoke
          </Button>
        ),
    },
  ];
  return columns;
};

function stateOf({ revokedAt, expiresAt }: Token, now: string) {
  if (revokedAt !== null) return <Badge>Revoked</Badge>;
  return expiresAt !== null && expiresAt <= now ? <Badge>Expired</Badge> : null;
}

const NameCell = ({ name, hint, scopes }: Token) => (
  <>
    {name} <code>{hint}…</code>
    <Text as="p" tone="subdued">
      {scopes.join(", ")}
    </Text>
  </>
);
