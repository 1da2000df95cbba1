import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { campaignOf, cleanPath, cleanReferrer, pageOf } from "../../../extensions/pixel/src/page";
import { contextAt } from "./shopper";

const ORIGIN = "https://anas-linen.example";

describe("a path", () => {
  test.each([
    ["/", "/"],
    ["/products/linen-shirt", "/products/linen-shirt"],
    [
      "/en-ca/collections/shirts/products/shirt-4006381333931",
      "/en-ca/collections/shirts/products/shirt-4006381333931",
    ],
    ["/products/iphone15promax256gbblack", "/products/iphone15promax256gbblack"],
    ["/pages/about?utm_source=letter#top", "/pages/about"],
  ])("that tells nothing is kept: %s", (given, kept) => {
    expect(cleanPath(given)).toBe(kept);
  });

  test.each([
    ["/account", "/account"],
    ["/account/login", "/account/login"],
    ["/account/login/multipass/abcdef", "/account/login"],
    ["/account/reset/6100000000001/5d41402abc4b2a76", "/account/reset"],
    ["/fr/account/activate/6100000000001/5d41402abc4b2a76", "/fr/account/activate"],
    ["/account/5d41402abc4b2a76", "/account"],
    ["/account/\nreset/5d41402abc4b2a76", "/account"],
    ["//account//orders//5d41402abc4b2a76", "/account/orders"],
    ["/Account/Orders/5d41402abc4b2a76", "/Account/Orders"],
    ["/70000000001/account/orders/5d41402a", "/account/orders"],
    ["/orders/5d41402abc4b2a76", "/orders"],
    ["/70000000001/orders/5d41402abc4b2a76/authenticate", "/orders"],
    ["/checkouts/cn/Z2NwLWV1cm9wZS13ZXN0/information", "/checkouts"],
    ["/70000000001/checkouts/5d41402abc4b2a76", "/checkouts"],
    ["/70000000001/invoices/5d41402abc4b2a76", "/invoices"],
    ["/gift_cards/70000000001/5d41402abc4b2a76", "/gift_cards"],
    ["/cart/c/Z2NwLWV1cm9wZS13ZXN0", "/cart"],
    ["/discount/ANA-BIRTHDAY-10", "/discount"],
    ["/customer_authentication/redirect", "/customer_authentication"],
    ["/authentication/70000000001/login", "/authentication"],
    ["/search/ana", "/search"],
    ["/apps/parcels/ana@example.com", "/apps/parcels/*"],
    ["/apps/parcels/ana%40example.com/where", "/apps/parcels/*/where"],
    ["/apps/parcels/5d41402abc4b2a76b9719d911017c592", "/apps/parcels/*"],
    ["/apps/parcels/8f14e45f-ceea-467f-9c1d-1f2e3d4c5b6a/map", "/apps/parcels/*/map"],
  ])("is cut before what it should not tell: %s", (given, kept) => {
    expect(cleanPath(given)).toBe(kept);
  });

  test("is always a path of at most 1024 characters, and cleaning it twice changes nothing", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "/",
        "account",
        "en",
        "apps",
        "search",
        "123",
        "0123456789ab",
        "@",
        "%40",
        "?",
      ),
      fc.string({ maxLength: 3, unit: "binary" }),
    );
    const given = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(given, (pathname) => {
        const path = cleanPath(pathname);

        expect(path).toMatch(/^\/(?!\/)[^?#]*$/);
        expect(path.length).toBeLessThanOrEqual(1024);
        expect(cleanPath(path)).toBe(path);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is cleaned in no time, however long it is", () => {
    const start = performance.now();

    for (const part of ["a", "1", "a1", "%", "/", "/a"]) cleanPath(`/${part.repeat(4096)}`);

    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe("campaign parameters", () => {
  test("are the listed ones, decoded", () => {
    const search = "?utm_source=news+letter&utm_campaign=Fr%C3%BChling&gclid=abc&password=hunter2";

    expect(campaignOf(search)).toEqual({
      utm_source: "news letter",
      utm_campaign: "Frühling",
      gclid: "abc",
    });
  });

  test("are masked where they hold an e-mail address", () => {
    expect(campaignOf("?utm_term=ana%40example.com&utm_content=%C3")).toEqual({
      utm_term: "*",
      utm_content: "%C3",
    });
  });

  test("are null where there are none", () => {
    expect(campaignOf("?page=2")).toBeNull();
  });
});

describe("a referrer", () => {
  test.each([
    ["https://www.example.org/blog/linen?ref=1#x", "https://www.example.org/blog/linen"],
    ["https://ana:secret@www.example.org/", "https://*/"],
    ["https://shop.app/checkouts/cn/5d41402abc4b2a76", "https://shop.app/checkouts"],
    ["android-app://com.google.android.gm/", "android-app://com.google.android.gm/"],
    ["https://anas-linen.example/cart?discount=ANA", "/cart"],
    ["https://anas-linen.example", "/"],
    ["", null],
    ["about:client", null],
  ])("%s is kept as %s", (given, kept) => {
    expect(cleanReferrer(given, ORIGIN)).toBe(kept);
  });
});

describe("a title", () => {
  const titleAt = (path: string, title = "A title") => {
    const context = contextAt(ORIGIN + path);
    return pageOf({ ...context, document: { ...context.document, title } })?.title;
  };

  test("is kept where the path tells all", () => {
    expect(titleAt("/products/linen-shirt")).toBe("A title");
  });

  test.each(["/search?q=ana", "/account/orders/1", "/checkouts/cn/1", "/apps/x/5d41402abc4b2a76"])(
    "is left out where it may repeat what the path hides: %s",
    (path) => {
      expect(titleAt(path)).toBeNull();
    },
  );

  test("is masked where it holds an e-mail address", () => {
    expect(titleAt("/pages/thanks", "Thank you, ana@example.com!")).toBe("Thank you, *");
  });
});
