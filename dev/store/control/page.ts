import { readFileSync } from "node:fs";
import path from "node:path";
import { html, raw } from "hono/html";
import { DOORS, type Door, type DoorFaults, type Faults } from "../faults";
import type { Platform } from "../platform";
import { recentDispatches, type Dispatch } from "../webhooks/announce";

const STYLES = readFileSync(path.join(import.meta.dirname, "control.css"), "utf8");
const SHOWN = 15;

const ABOUT: Record<Door, string> = {
  "admin-api": "the app asks Shopify's Admin API",
  oauth: "the app exchanges and refreshes tokens",
  storefront: "a shopper asks for pages and carts",
  "app-proxy": "a theme asks the app",
  "pixel-events": "a shopper's browser sends events to the app",
  app: "anybody else asks the app",
};
const SHARES = [
  ["errorRate", "Errors"],
  ["lostRequests", "Requests lost"],
  ["lostAnswers", "Answers lost"],
  ["duplicates", "Doubled"],
] as const;

/** What is wrong on purpose, what time it is, and what became of the last webhooks. */
export const controlPage = (platform: Platform) => {
  const { faults } = platform;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Faults and clock</title>
        <link rel="icon" href="data:," />
        <style>
          ${raw(STYLES)}
        </style>
      </head>
      <body>
        <header>
          <a href="/">All stores</a>
          <h1>Faults and clock</h1>
          <button type="button" data-method="DELETE" data-path="/control/faults">
            Nothing is wrong
          </button>
        </header>
        <main>
          ${clockSection(platform)}
          <section class="wide">
            <h2>Doors</h2>
            <div class="doors">${DOORS.map((door) => doorForm(door, faults.doors[door]))}</div>
          </section>
          ${webhookSection(faults)} ${adminApiSection(faults)}
          <section class="wide">
            <h2>Last webhooks</h2>
            ${dispatchTable(recentDispatches(platform).slice(-SHOWN).reverse())}
          </section>
        </main>
        <p role="alert" hidden></p>
        <script>
          ${raw(SCRIPT)};
        </script>
      </body>
    </html>`;
};

const clockSection = ({ now, memory }: Platform) =>
  html`<section>
    <h2>Clock</h2>
    <p>
      <strong>${now().toISOString().slice(0, 16).replace("T", " ")} UTC</strong>,
      ${ahead(memory.state.clockAhead)}
    </p>
    <p class="row">
      ${(
        [
          ["1 hour", 1],
          ["1 day", 24],
          ["7 days", 168],
        ] as const
      ).map(
        ([label, hours]) =>
          html`<button
            type="button"
            data-method="POST"
            data-path="/control/clock"
            data-body="${JSON.stringify({ advanceMs: hours * 3_600_000 })}"
          >
            Advance ${label}
          </button>`,
      )}
    </p>
  </section>`;

const webhookSection = (faults: Faults) =>
  html`<section>
    <h2>Webhooks</h2>
    <form data-faults="webhooks">
      ${percent("lost", "Lost", faults.webhooks.lost)}
      ${percent("duplicated", "Doubled", faults.webhooks.duplicated)}
      ${amount("maxDelayMs", "Delayed by up to, ms", faults.webhooks.maxDelayMs)}
    </form>
    <form data-faults="">${amount("retrySpeed", "Retries, times faster", faults.retrySpeed)}</form>
  </section>`;

const adminApiSection = (faults: Faults) =>
  html`<section>
    <h2>Admin API</h2>
    <form data-faults="">
      ${flag("throttled", "Throttled", faults.throttled)}
      <label>
        Bulk operations
        <select name="bulkOperations">
          ${(
            [
              ["", "complete"],
              ["FAILED", "fail"],
              ["STUCK", "never end"],
            ] as const
          ).map(
            ([value, label]) =>
              html`<option
                value="${value}"
                ${(faults.bulkOperations ?? "") === value ? "selected" : ""}
              >
                ${label}
              </option>`,
          )}
        </select>
      </label>
    </form>
  </section>`;

const ahead = (ms: number) =>
  ms === 0 ? "as on this machine" : `${(ms / 86_400_000).toFixed(1)} days ahead of this machine`;

const doorForm = (door: Door, faults: DoorFaults) =>
  html`<form data-faults="doors.${door}">
    <h3>${door}</h3>
    <p>${ABOUT[door]}</p>
    ${amount("latencyMs", "Delay, ms", faults.latencyMs)}
    ${SHARES.map(([name, label]) => percent(name, label, faults[name]))}
    ${flag("outage", "Outage", faults.outage)}
  </form>`;

const amount = (name: string, label: string, value: number) =>
  html`<label>${label} <input type="number" name="${name}" value="${value}" min="0" /></label>`;

const percent = (name: string, label: string, share: number) =>
  html`<label>
    ${label}, %
    <input
      type="number"
      name="${name}"
      value="${Math.round(share * 100)}"
      min="0"
      max="100"
      data-share
    />
  </label>`;

const flag = (name: string, label: string, on: boolean) =>
  html`<label class="flag">
    <input type="checkbox" name="${name}" ${on ? "checked" : ""} /> ${label}
  </label>`;

const dispatchTable = (dispatches: readonly Dispatch[]) =>
  dispatches.length === 0
    ? html`<p>None has been sent since the start.</p>`
    : html`<div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Triggered</th>
              <th>Shop</th>
              <th>Topic</th>
              <th>Answers</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            ${dispatches.map(
              ({ triggeredAt, shop, topic, attempts, state }) =>
                html`<tr>
                  <td>${triggeredAt.slice(11, 19)}</td>
                  <td>${shop.split(".")[0]}</td>
                  <td>${topic}</td>
                  <td>${attempts.map(({ status }) => status).join(", ") || "–"}</td>
                  <td>${state}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;

/** Each change of a field is sent at once; a button's request reloads the page. */
const SCRIPT = `
const send = async (method, path, body) => {
  const response = await fetch(path, { method, body, headers: { "content-type": "application/json" } });
  const alert = document.querySelector("[role=alert]");
  alert.hidden = response.ok;
  if (!response.ok) alert.textContent = (await response.json()).message;
  return response.ok;
};
const valueOf = (field) =>
  field.type === "checkbox" ? field.checked
  : field.type === "number" ? Number(field.value) / ("share" in field.dataset ? 100 : 1)
  : field.value || null;
document.addEventListener("change", ({ target }) => {
  const path = target.form.dataset.faults.split(".").filter(Boolean);
  const body = path.reduceRight((inner, key) => ({ [key]: inner }), { [target.name]: valueOf(target) });
  send("PATCH", "/control/faults", JSON.stringify(body));
});
document.addEventListener("click", async ({ target }) => {
  const { method, path, body } = target.dataset ?? {};
  if (method && (await send(method, path, body))) location.reload();
});
`;
