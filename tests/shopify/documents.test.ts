import { parse, validate, NoDeprecatedCustomRule, specifiedRules } from "graphql";
import { expect, test } from "vitest";
import * as catalogDocuments from "~/shopify/catalog-documents";
import * as documents from "~/shopify/documents";
import { loadAdminSchema } from "../../dev/admin-schema/load";

test.each(Object.entries({ ...documents, ...catalogDocuments }))(
  "%s is valid in Shopify's Admin API and uses nothing deprecated",
  (_, document) => {
    const rules = [...specifiedRules, NoDeprecatedCustomRule];

    const errors = validate(loadAdminSchema(), parse(document), rules);

    expect(errors.map(({ message }) => message)).toEqual([]);
  },
);
