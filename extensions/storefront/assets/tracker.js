/* Lets a theme publish Pixelnova's custom events by its markup:
   <button data-pixelnova-event="size_guide_opened" data-pixelnova-product-id="123">
   publishes pixelnova:size_guide_opened with { productId: 123 } when it is clicked. */
(() => {
  const RESERVED = ["pixelnovaEvent", "pixelnovaShare", "pixelnovaTitle", "pixelnovaCopied"];
  const isName = /^[a-z][a-z0-9_]{0,63}$/;

  const fieldsOf = (dataset) => {
    const fields = {};
    for (const [key, value] of Object.entries(dataset)) {
      if (!key.startsWith("pixelnova") || RESERVED.includes(key)) continue;
      const name = key[9].toLowerCase() + key.slice(10);
      fields[name] = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value.slice(0, 200);
    }
    return fields;
  };

  document.addEventListener("click", ({ target }) => {
    const element = target instanceof Element && target.closest("[data-pixelnova-event]");
    const { Shopify } = window;
    if (!element || !isName.test(element.dataset.pixelnovaEvent) || !Shopify?.analytics) return;
    if (Shopify.customerPrivacy?.analyticsProcessingAllowed() === false) return;
    Shopify.analytics.publish(
      `pixelnova:${element.dataset.pixelnovaEvent}`,
      fieldsOf(element.dataset),
    );
  });
})();
