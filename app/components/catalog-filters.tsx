import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  InlineGrid,
  InlineStack,
  Select,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import type { Choices } from "~/catalog/choices.server";
import type { Wish } from "~/catalog/listing";
import { PRODUCT_STATUSES } from "~/catalog/statuses";
import { statusWord } from "./product-words";

type Props = {
  wish: Wish;
  choices: Choices;
  /** Parameters of the address to set; an empty one is taken out. */
  onChange: (changes: Record<string, string>) => void;
};

const SORT_WORDS = [
  { value: "updated", label: "Changed last" },
  { value: "title", label: "Title, A to Z" },
  { value: "price", label: "Price, low to high" },
  { value: "-price", label: "Price, high to low" },
  { value: "stock", label: "Stock, low to high" },
];
const AVAILABILITY_WORDS = [
  { value: "available", label: "Available" },
  { value: "unavailable", label: "Sold out" },
];

/** What the list shows, and in which order. */
export const CatalogFilters = ({ wish, choices, onChange }: Props) => (
  <Card>
    <BlockStack gap="300">
      <SearchField key={wish.search} search={wish.search ?? ""} onSearch={(q) => onChange({ q })} />
      <Selects {...{ wish, choices, onChange }} />
      <InlineStack gap="400">
        <Checkbox
          label="Below its compare-at price"
          checked={wish.isReduced}
          onChange={(isOn) => onChange({ reduced: isOn ? "1" : "" })}
        />
        <Checkbox
          label="Stale"
          checked={wish.isStale}
          onChange={(isOn) => onChange({ stale: isOn ? "1" : "" })}
        />
      </InlineStack>
    </BlockStack>
  </Card>
);

const Selects = ({ wish, choices, onChange }: Props) => (
  <InlineGrid columns={{ xs: 2, md: 3 }} gap="300">
    <Choice
      label="Status"
      value={wish.status?.toLowerCase() ?? ""}
      options={PRODUCT_STATUSES.map((status) => ({
        value: status.toLowerCase(),
        label: statusWord(status),
      }))}
      onChange={(status) => onChange({ status })}
    />
    <Choice
      label="Vendor"
      value={wish.vendor ?? ""}
      options={choices.vendors.map(asOption)}
      onChange={(vendor) => onChange({ vendor })}
    />
    <Choice
      label="Type"
      value={wish.productType ?? ""}
      options={choices.productTypes.map(asOption)}
      onChange={(type) => onChange({ type })}
    />
    <Choice
      label="Collection"
      value={wish.collection ?? ""}
      options={choices.collections.map(({ collectionId, title }) => ({
        ...{ value: collectionId, label: title },
      }))}
      onChange={(collection) => onChange({ collection })}
    />
    <Choice
      label="Availability"
      value={wish.availability ?? ""}
      options={AVAILABILITY_WORDS}
      onChange={(availability) => onChange({ availability })}
    />
    <Select
      label="Sorted by"
      options={SORT_WORDS}
      value={wish.sort}
      onChange={(sort) => onChange({ sort })}
    />
  </InlineGrid>
);

const asOption = (name: string) => ({ value: name, label: name });

type ChoiceProps = {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
};

/** A value that the address names and that is not among the choices stays one. */
function Choice({ label, value, options, onChange }: ChoiceProps) {
  const isKnown = value === "" || options.some((option) => option.value === value);
  const all = [{ value: "", label: "All" }, ...options, ...(isKnown ? [] : [asOption(value)])];
  return <Select label={label} options={all} value={value} onChange={onChange} />;
}

function SearchField({ search, onSearch }: { search: string; onSearch: (q: string) => void }) {
  const [typed, setTyped] = useState(search);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed);
      }}
    >
      <TextField
        label="Search"
        placeholder="Title, vendor, handle, SKU or barcode"
        value={typed}
        onChange={setTyped}
        autoComplete="off"
        clearButton
        onClearButtonClick={() => onSearch("")}
        connectedRight={<Button submit>Search</Button>}
      />
    </form>
  );
}
