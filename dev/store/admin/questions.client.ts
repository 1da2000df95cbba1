/** What the admin answers the app: by itself, or after the merchant has decided. */
import type { Pick, Question } from "./messages";

type Resource = { id: string; title: string; image: string; detail: string };

export async function answerTo(question: Question, home: string): Promise<unknown> {
  switch (question.about) {
    case "extensions":
      return json(`${home}/extensions`);
    case "scopes":
      return json(`${home}/scopes`);
    case "scopes wanted":
      return askForScopes(question.scopes, home);
    case "scopes given back":
      return json(`${home}/scopes`, { revoke: question.scopes });
    case "resources":
      return pickFrom(question.pick, home);
  }
}

async function json(path: string, body?: object): Promise<unknown> {
  const init = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  return (await fetch(path, init)).json();
}

/** A dialog that ends with one of its buttons' values; "" when it is closed otherwise. */
function openDialog(title: string, content: Node[], buttons: [label: string, value: string][]) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-label", title);
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  const heading = Object.assign(document.createElement("h2"), { textContent: title });
  const row = document.createElement("p");
  row.append(
    ...buttons.map(([textContent, value], i) =>
      Object.assign(document.createElement("button"), {
        ...{ textContent, value, className: i === 0 ? "primary" : "" },
      }),
    ),
  );
  form.append(heading, ...content, row);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise<string>((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
}

async function askForScopes(scopes: string[], home: string): Promise<unknown> {
  const list = document.createElement("ul");
  list.append(
    ...scopes.map((scope) => Object.assign(document.createElement("li"), { textContent: scope })),
  );
  const decided = await openDialog(
    "Grant more access?",
    [list],
    [
      ["Grant", "yes"],
      ["Cancel", ""],
    ],
  );
  const detail = decided === "yes" ? await json(`${home}/scopes`, { grant: scopes }) : undefined;
  return {
    result: decided === "yes" ? "granted-all" : "declined-all",
    detail: detail ?? (await json(`${home}/scopes`)),
  };
}

/** Searches while the merchant types; what was chosen stays chosen. */
async function pickFrom({ type, query, most, chosen }: Pick, home: string): Promise<unknown> {
  const picked = new Set(chosen);
  const search = Object.assign(document.createElement("input"), {
    ...{ type: "search", value: query, placeholder: `Search ${type}s` },
  });
  search.setAttribute("aria-label", `Search ${type}s`);
  const list = document.createElement("ul");
  const load = async () => {
    const wanted = new URLSearchParams({ type, query: search.value });
    const found = (await json(`${home}/resources?${wanted.toString()}`)) as Resource[];
    list.replaceChildren(...found.map((each) => choice(each, picked, most)));
  };
  search.addEventListener("input", () => void load());
  await load();
  const decided = await openDialog(
    `Select ${type}s`,
    [search, list],
    [
      ["Select", "yes"],
      ["Cancel", ""],
    ],
  );
  if (decided !== "yes") return undefined;
  return json(`${home}/resources`, { type, ids: [...picked] });
}

function choice({ id, title, detail }: Resource, picked: Set<string>, most: number): HTMLElement {
  const box = Object.assign(document.createElement("input"), {
    ...{ type: most === 1 ? "radio" : "checkbox", name: "resource", checked: picked.has(id) },
  });
  box.addEventListener("change", () => {
    if (most === 1) picked.clear();
    if (box.checked && picked.size < most) picked.add(id);
    else picked.delete(id);
    box.checked = picked.has(id);
  });
  const label = document.createElement("label");
  label.append(
    box,
    ` ${title} `,
    Object.assign(document.createElement("small"), { textContent: detail }),
  );
  const item = document.createElement("li");
  item.append(label);
  return item;
}
