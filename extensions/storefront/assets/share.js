/* Shares a product by what the browser offers, else by the clipboard, and publishes
   pixelnova:shared with the product and the way. */
(() => {
  const share = async ({ pixelnovaShare: url, pixelnovaTitle: title }) => {
    if (navigator.share) {
      await navigator.share({ url, title });
      return "native";
    }
    await navigator.clipboard.writeText(url);
    return "copy_link";
  };

  document.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element && target.closest("[data-pixelnova-share]");
    if (!button) return;
    const method = await share(button.dataset).catch(() => null);
    if (!method) return; // the shopper has thought better of it, or the browser does not allow it
    if (method === "copy_link") button.textContent = button.dataset.pixelnovaCopied;
    const { Shopify } = window;
    if (!Shopify?.analytics || Shopify.customerPrivacy?.analyticsProcessingAllowed() === false)
      return;
    const productId = Number(button.dataset.pixelnovaProductId);
    Shopify.analytics.publish("pixelnova:shared", { productId, method });
  });
})();
