/* Lets a shopper ask to be told by e-mail of a product. Asks the app nothing until the shopper opens
   the form, and says so where the app does not answer. */
(() => {
  const PLACE = "/apps/pixelnova/alerts";
  const PATIENCE_MS = 10_000;
  const REFUSALS = { 400: "refused", 404: "gone", 429: "busy", 501: "notOffered" };

  const ask = async (options) => {
    const response = await fetch(PLACE, {
      ...options,
      signal: window.AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) return { refused: REFUSALS[response.status] ?? "down" };
    return response.json();
  };
  const asked = (options) => ask(options).catch(() => ({ refused: "down" }));

  const partsOf = (block) => ({
    form: block.querySelector("form"),
    fields: block.querySelector("fieldset"),
    wording: block.querySelector("[data-wording]"),
    status: block.querySelector("[role=status]"),
  });
  const say = (block, text) => {
    partsOf(block).status.textContent = block.dataset[text];
  };

  /* The words to agree to are the app's: what was agreed to is their version. */
  const open = async (block) => {
    const { form, fields, wording, status } = partsOf(block);
    if (!block.open || !fields.disabled || form.hidden) return;
    status.textContent = "";
    const { refused, isOffered, consent } = await asked();
    if (refused || !isOffered) return say(block, refused ?? "notOffered");
    wording.textContent = consent.wording;
    block.dataset.consent = consent.version;
    fields.disabled = false;
    followKind(block);
  };

  /* A price is for price drops. */
  const followKind = (block) => {
    const { kind, price } = partsOf(block).form.elements;
    price.disabled = kind.value !== "price_drop";
  };

  const wishOf = (block) => {
    const { email, kind, price, variant } = partsOf(block).form.elements;
    return {
      email: email.value,
      kind: kind.value,
      product: block.dataset.pixelnovaAlert,
      variant: variant?.value || null,
      price: price.disabled || !price.value ? null : Number(price.value),
      consent: block.dataset.consent,
      page: window.location.pathname.slice(0, 500),
    };
  };

  const submit = async (block) => {
    const { form, fields, status } = partsOf(block);
    const body = JSON.stringify(wishOf(block));
    fields.disabled = true; // one press, one question
    const { refused } = await asked({ method: "POST", body });
    form.hidden = !refused;
    fields.disabled = !refused;
    say(block, refused ?? "asked");
    status.focus();
  };

  const blockOf = (target) => target instanceof Element && target.closest("[data-pixelnova-alert]");
  const listen = (name, answer) =>
    document.addEventListener(
      name,
      (event) => {
        const block = blockOf(event.target);
        if (block) answer(block, event);
      },
      true, // a toggle does not bubble
    );
  listen("toggle", open);
  listen("change", followKind);
  listen("submit", (block, event) => {
    event.preventDefault();
    submit(block);
  });
  for (const block of document.querySelectorAll("details[open][data-pixelnova-alert]")) open(block);
})();
