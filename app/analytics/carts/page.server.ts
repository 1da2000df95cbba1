import type { Database } from "~/platform/db.server";
import { checkoutSteps } from "../checkout/checkout.server";
import type { Question, Told } from "../report";
import { comparisonOf } from "../view";
import { cartNumbers } from "./abandonment.server";
import type { TopSort } from "./top-definitions";
import { topProducts } from "./top-products.server";
import { bandsOf, cartValue } from "./value.server";

const PRODUCTS_SHOWN = 15;

/** All that the page of carts shows, read at once. */
export async function cartsPage(db: Database, question: Question, sort: TopSort) {
  const view = comparisonOf(question.view);
  const before = view && { ...question, view };
  const worth = bySteps(question, valuesOf(db));
  const [carts, cartsBefore, values, valuesBefore, bands, top, checkout] = await Promise.all([
    ...([bySteps(question, numbersOf(db)), before && bySteps(before, numbersOf(db))] as const),
    ...([worth, before && bySteps(before, valuesOf(db))] as const),
    worth.then(({ all }) => bandsOf(db, question, all)),
    topProducts(db, question, { by: "product", sort, limit: PRODUCTS_SHOWN }),
    checkoutSteps(db, question),
  ]);
  return {
    ...{ carts, cartsBefore, values, valuesBefore, bands: bands.rows },
    ...{ top: top.rows, checkout: checkout.rows },
  };
}

type By = { by: "all" | "step" };
const numbersOf = (db: Database) => (question: Question, by: By) => cartNumbers(db, question, by);
const valuesOf = (db: Database) => (question: Question, by: By) => cartValue(db, question, by);

/** A report's row of all, and those of its steps. */
async function bySteps<Row>(
  question: Question,
  read: (question: Question, by: By) => Promise<Told<Row>>,
): Promise<{ all: Row | null; steps: Row[] }> {
  const [all, steps] = await Promise.all([
    read(question, { by: "all" }),
    read(question, { by: "step" }),
  ]);
  return { all: all.rows[0] ?? null, steps: steps.rows };
}
