import type { Context } from "@shopify/web-pixels-extension";

/** The page as an event describes it, at the moment of the event. */
export function pageContext(): Context {
  const { hash, host, hostname, href, origin, pathname, port, protocol, search } = location;
  const here = { hash, host, hostname, href, origin, pathname, port, protocol, search };
  const { innerHeight, innerWidth, outerHeight, outerWidth, pageXOffset, pageYOffset } = window;
  const { screen, screenX, screenY, scrollX, scrollY } = window;
  return {
    document: {
      location: here,
      characterSet: document.characterSet,
      referrer: document.referrer,
      title: document.title,
    },
    navigator: {
      cookieEnabled: navigator.cookieEnabled,
      language: navigator.language,
      languages: navigator.languages,
      userAgent: navigator.userAgent,
    },
    window: {
      ...{ innerHeight, innerWidth, outerHeight, outerWidth, pageXOffset, pageYOffset },
      ...{ location: here, origin, screenX, screenY, scrollX, scrollY },
      screen: { height: screen.height, width: screen.width },
    },
  };
}
