import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { AppError } from "./errors";

const ALGORITHM = "aes-256-gcm";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A ciphertext that cannot be read: its key is not among ours, or it was altered or moved. */
export class CannotOpen extends AppError {
  readonly code = "cannot_open";
  readonly status = 500;
}

export type Sealer = {
  /** Encrypts under the first key. `place` is where the text will be kept: it opens nowhere else. */
  seal(text: string, place: string): string;
  /** @throws {CannotOpen} saying whether the key is missing or the ciphertext is not the one sealed */
  open(sealed: string, place: string): string;
  /** What a sealed text can be found by: the same for the same text and place, and nothing without the
   * keys. One under each key, the first key's first. */
  marks(text: string, place: string): string[];
  /** How every ciphertext under the first key begins. */
  readonly currentPrefix: string;
};

/** Encrypts with AES-256-GCM. A ciphertext reads `v1.<fingerprint of its key>.<iv, text and tag>`.
 * @param keys 32 bytes each, in base64; the first seals, all open */
export function createSealer(keys: readonly string[]): Sealer {
  const secrets = keys.map((key) => Buffer.from(key, "base64"));
  const [current] = secrets;
  if (!current) throw new RangeError("want at least one encryption key");
  const byPrefix = new Map(secrets.map((secret) => [prefixOf(secret), secret]));
  const currentPrefix = prefixOf(current);
  return {
    currentPrefix,
    seal: (text, place) => currentPrefix + encrypt(current, text, place),
    open(sealed, place) {
      const prefix = sealed.slice(0, currentPrefix.length);
      const secret = byPrefix.get(prefix);
      if (!secret) throw new CannotOpen(`no encryption key of this process is ${prefix}`);
      return decrypt(secret, sealed.slice(prefix.length), place);
    },
    marks: (text, place) => secrets.map((secret) => mark(secret, text, place)),
  };
}

const prefixOf = (secret: Buffer): string =>
  `v1.${createHash("sha256").update(secret).digest("hex").slice(0, 8)}.`;

/** Under a key of its own, so that no mark ever tells of a ciphertext. */
function mark(secret: Buffer, text: string, place: string): string {
  const key = createHmac("sha256", secret).update(`mark/${place}`).digest();
  return createHmac("sha256", key).update(text).digest("base64url");
}

function encrypt(secret: Buffer, text: string, place: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, secret, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString("base64url");
}

function decrypt(secret: Buffer, encoded: string, place: string): string {
  const bytes = Buffer.from(encoded, "base64url");
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new CannotOpen(`too short to be a ciphertext`);
  const decipher = createDecipheriv(ALGORITHM, secret, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const body = bytes.subarray(IV_BYTES, -TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
  } catch {
    throw new CannotOpen(`altered, or not sealed for ${place}`);
  }
}

/** Whether a secret is the one expected. Takes as long for a near miss as for any other. */
export const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(digest(one), digest(other));
const digest = (text: string) => createHash("sha256").update(text).digest();

/** A name that cannot be guessed, of 43 letters, digits, hyphens and underscores. */
export const randomName = (): string => randomBytes(32).toString("base64url");

/** What is kept of a name that cannot be guessed: enough to know it again, not to say it. */
export const hashOfName = (name: string): string =>
  createHash("sha256").update(name).digest("base64url");
