import type { Measure } from "./listening";

/** Filters and orders of a list of products, by its form's fields or by its links. */
export const measureChoices: Measure = (on, publish) => {
  const choose = (name: string, value: string) => {
    if (name.startsWith("filter.")) publish("filter_applied", { filter: name, value });
    if (name === "sort_by") publish("sort_changed", { sortBy: value });
  };
  on(["change"], (_event, target) => {
    const { name, value, type, checked } = target as HTMLInputElement;
    if (value && (checked || !/checkbox|radio/.test(type))) choose(name, value);
  });
  on(["click"], (_event, target) => {
    const link = target.closest<HTMLAnchorElement>("a[href]");
    if (link?.pathname !== location.pathname) return;
    const here = new URLSearchParams(location.search);
    for (const [name, value] of new URLSearchParams(link.search))
      if (!here.getAll(name).includes(value)) choose(name, value);
  });
};
