import type { Decision } from "./consent";

const EVERYTHING = { analytics: true, marketing: true, preferences: true, sale_of_data: true };
const NOTHING = { analytics: false, marketing: false, preferences: false, sale_of_data: false };

/** Shopify's consent banner: nothing behind it is blocked, and it stays until there is an answer. */
export function showBanner(decide: (decision: Decision) => void): void {
  if (document.querySelector(".consent")) return;
  const banner = document.createElement("div");
  banner.className = "consent";
  banner.setAttribute("role", "dialog");
  banner.setAttribute("aria-label", "Privacy");
  const text = document.createElement("p");
  text.textContent = "May we measure how you use this shop, to make it better?";
  const button = (label: string, className: string, decision: Decision) => {
    const made = Object.assign(document.createElement("button"), { type: "button", className });
    made.textContent = label;
    made.addEventListener("click", () => {
      banner.remove();
      decide(decision);
    });
    return made;
  };
  banner.append(text, button("Accept", "", EVERYTHING), button("Decline", "quiet", NOTHING));
  document.body.append(banner);
}
