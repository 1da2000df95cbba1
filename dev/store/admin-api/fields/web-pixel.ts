import { GraphQLError } from "graphql";
import { declaredSettings } from "../../pixel-extension";
import type { WebPixel } from "../../state";
import { userError, type UserError } from "../errors";
import { gid } from "../gid";
import type { ShopScope } from "../scope";

type Input = { webPixel: { settings: unknown } };

/** The app's web pixel of one shop. dev:api/admin-graphql/2026-07/mutations/webPixelCreate */
export const webPixelFields = (scope: ShopScope) => ({
  webPixel: () => {
    const pixel = pixelOf(scope);
    if (pixel) return toNode(pixel);
    // the real query fails as a whole here, instead of answering null
    throw new GraphQLError("No web pixel was found for this app.");
  },

  webPixelCreate: ({ webPixel }: Input) => {
    if (pixelOf(scope)) return refusal("TAKEN", "The app has a web pixel already.");
    const id = gid("WebPixel", scope.shop.id + 1);
    return withSettings(scope, webPixel.settings, (settings) => keep(scope, { id, settings }));
  },

  webPixelUpdate: ({ id, webPixel }: Input & { id: string }) => {
    if (pixelOf(scope)?.id !== id) return notFound;
    return withSettings(scope, webPixel.settings, (settings) => keep(scope, { id, settings }));
  },

  webPixelDelete: ({ id }: { id: string }) => {
    if (pixelOf(scope)?.id !== id)
      return { deletedWebPixelId: null, userErrors: notFound.userErrors };
    const { state, save } = scope.platform.memory;
    Reflect.deleteProperty(state.webPixels, scope.shop.domain);
    save();
    return { deletedWebPixelId: id, userErrors: [] };
  },
});

/** The pixel with this global id. */
export function webPixelNode(scope: ShopScope, id: string) {
  const pixel = pixelOf(scope);
  return pixel?.id === id ? toNode(pixel) : null;
}

const pixelOf = ({ platform, shop }: ShopScope): WebPixel | undefined =>
  platform.memory.state.webPixels[shop.domain];

/** Settings go in as an object or as JSON text, and come back as text. */
const toNode = ({ id, settings }: WebPixel) => ({
  ...{ __typename: "WebPixel", id },
  settings: JSON.stringify(settings),
});

function keep({ platform, shop }: ShopScope, pixel: WebPixel) {
  platform.memory.state.webPixels[shop.domain] = pixel;
  platform.memory.save();
  return { webPixel: toNode(pixel), userErrors: [] };
}

function withSettings<Answer>(
  { platform }: ShopScope,
  given: unknown,
  accept: (settings: Record<string, string>) => Answer,
) {
  const declared = declaredSettings(platform.app.pixelBundle);
  if (!declared) return refusal("NO_EXTENSION", "No extension found");
  const settings = parse(given);
  if (!settings) return refusal("INVALID_CONFIGURATION_JSON", "The settings are not an object.");
  const names = (fields: string[]) => fields.toSorted().join(", ");
  if (names(Object.keys(settings)) !== names(declared))
    return refusal("INVALID_SETTINGS", `The extension's settings are: ${names(declared)}.`);
  return accept(settings);
}

function parse(given: unknown): Record<string, string> | undefined {
  try {
    const value: unknown = typeof given === "string" ? JSON.parse(given) : given;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
  } catch {
    return undefined;
  }
}

const refusal = (
  code: string,
  message: string,
): { webPixel: null; userErrors: (UserError & { __typename: string })[] } => ({
  webPixel: null,
  userErrors: [
    { ...userError(["webPixel"], message, code), __typename: "ErrorsWebPixelUserError" },
  ],
});

const notFound = refusal("NOT_FOUND", "There is no web pixel with this id.");
