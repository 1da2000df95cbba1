import { faker as german } from "@faker-js/faker/locale/de";
import { faker as austrian } from "@faker-js/faker/locale/de_AT";
import { faker as swiss } from "@faker-js/faker/locale/de_CH";
import { faker as australian } from "@faker-js/faker/locale/en_AU";
import { faker as british } from "@faker-js/faker/locale/en_GB";
import { faker as american } from "@faker-js/faker/locale/en_US";
import { faker as french } from "@faker-js/faker/locale/fr";
import { faker as dutch } from "@faker-js/faker/locale/nl";
import type { Chance } from "../chance";
import type { Customer } from "../store/commerce/model";

const NAMES: Record<string, typeof british> = {
  ...{ AT: austrian, AU: australian, CH: swiss, DE: german, FR: french },
  ...{ GB: british, NL: dutch, NZ: australian, US: american },
};

/** Somebody with a name of their country, and an address that can never be anyone's. */
export function newCustomer(id: number, countryCode: string, at: string, luck: Chance): Customer {
  const names = NAMES[countryCode] ?? british;
  names.seed(luck.between(0, 2 ** 31));
  const firstName = names.person.firstName();
  const lastName = names.person.lastName();
  return {
    ...{ id, firstName, lastName, countryCode, createdAt: at, updatedAt: at, tags: [] },
    email: `${plain(firstName)}.${plain(lastName)}.${id % 1_000_000}@example.com`,
    acceptsMarketing: luck.happens(0.42),
  };
}

/** Without accents, and without anything that an e-mail address cannot have. */
const plain = (name: string) =>
  name
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[^a-z]/g, "");
