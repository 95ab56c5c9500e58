import assert from "node:assert/strict";
import { test } from "node:test";
import { codeText, parseCode, pinOf, secretOf } from "./enrolment-code.ts";

const authority = new TextEncoder().encode("a public key");

test("a code is five groups of four, and read back however it is typed", async () => {
  const secret = secretOf(Uint8Array.from({ length: 12 }, (_, n) => 200 - 13 * n));
  const code = { secret, pin: await pinOf(secret, authority) };
  const text = codeText(code);
  assert.match(text, /^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.deepEqual(parseCode(text), code);
  assert.deepEqual(parseCode(` ${text.toLowerCase().replaceAll("-", " ")} `), code);
  assert.deepEqual(parseCode(text.replaceAll("1", "l").replaceAll("0", "o")), code);
});

test("what is no code is none", () => {
  for (const text of ["", "0123", "0123-4567-89AB-CDEF-GHJU", "0123-4567-89AB-CDEF-GHJK-0", "é".repeat(20)])
    assert.equal(parseCode(text), null, text);
});

test("the pin differs for another secret and for another authority", async () => {
  const pin = await pinOf("000000000000", authority);
  assert.match(pin, /^[0-9A-HJKMNP-TV-Z]{8}$/);
  assert.equal(await pinOf("000000000000", authority), pin);
  assert.notEqual(await pinOf("000000000001", authority), pin);
  assert.notEqual(await pinOf("000000000000", new TextEncoder().encode("another key")), pin);
});
