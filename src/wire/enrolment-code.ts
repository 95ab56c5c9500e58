/** Crockford's base 32: no I, L, O, U, so that nothing is mistaken for something else when it is typed. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 60 bits that only the person with the code knows, against a few tries in ten minutes. */
export const secretCharacters = 12;
/** 40 bits by which the device knows the hub's authority: a stranger has one try for each code, and none beforehand. */
export const pinCharacters = 8;

/** An enrolment code taken apart. */
export interface EnrolmentCode {
  /** What proves to the hub that a person let this device in. */
  readonly secret: string;
  /** What proves to the device that this is the hub: see `pinOf`. */
  readonly pin: string;
}

/** A secret out of random bytes, one for each character. */
export function secretOf(randomBytes: Uint8Array): string {
  return Array.from(randomBytes.subarray(0, secretCharacters), (byte) => alphabet[byte & 31]).join("");
}

/**
 * The pin of an authority for one secret: the beginning of HMAC-SHA-256 over the authority's public key (SPKI, DER),
 * keyed by the secret. Keyed, because a pin that is the same for every code could be matched beforehand by a stranger
 * who makes keys until one fits; and short, because without the secret a stranger cannot tell which key would fit.
 */
export async function pinOf(secret: string, authoritySpki: Uint8Array): Promise<string> {
  const keyBytes = new TextEncoder().encode(`emberwatch enrolment ${secret}`);
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", keyBytes, hmac, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", key, new Uint8Array(authoritySpki)));
  return Array.from(mac.subarray(0, pinCharacters), (byte) => alphabet[byte & 31]).join("");
}

/** A code as people read it: five groups of four. */
export function codeText({ secret, pin }: EnrolmentCode): string {
  return ((secret + pin).match(/.{4}/g) ?? []).join("-");
}

/** Takes a typed code apart, whatever its case and groups, I and L for 1 and O for 0; null when it is none. */
export function parseCode(text: string): EnrolmentCode | null {
  const plain = text.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  const isWhole = plain.length === secretCharacters + pinCharacters;
  if (!isWhole || ![...plain].every((character) => alphabet.includes(character))) return null;
  return { secret: plain.slice(0, secretCharacters), pin: plain.slice(secretCharacters) };
}
