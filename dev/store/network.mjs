/** Preloaded into the app (`node --import …/network.mjs`), with STORE_ADDRESS set: requests to any
 * shop's domain reach the stand-in instead. The app itself knows nothing of it. */
const store = process.env.STORE_ADDRESS;
if (!store) throw new Error("network.mjs wants STORE_ADDRESS, such as http://127.0.0.1:4000");

const realFetch = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const address = new URL(input instanceof Request ? input.url : input);
  if (!address.hostname.endsWith(".myshopify.com")) return realFetch(input, init);
  const request = new Request(input, init);
  const headers = new Headers(request.headers);
  headers.set("x-forwarded-host", address.hostname);
  const { method, body, signal, redirect } = request;
  const target = new URL(address.pathname + address.search, store);
  return realFetch(target, { method, headers, body, signal, redirect, duplex: "half" });
};
