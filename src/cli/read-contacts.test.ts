import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { parseContacts } from "./read-contacts.ts";

const head = "version: 1\ncontacts:\n  - name: Ada\n    channels: [console]\n";

function refusal(text: string): string {
  try {
    parseContacts(text, "contacts.yaml");
  } catch (error) {
    assert.ok(error instanceof Failure);
    return error.message;
  }
  return "taken";
}

test("a file of contacts is a policy, with everything else by default", () => {
  const policy = parseContacts(`${head}trouble:\n  repeatSeconds: null\n`, "contacts.yaml");
  assert.deepEqual(policy.contacts, [{ name: "Ada", channels: ["console"], hours: null, timeZone: "UTC" }]);
  assert.equal(policy.trouble.repeatSeconds, null);
});

test("a file that would leave somebody untold is refused with the file, the place and the remedy", () => {
  assert.match(refusal("version: 1\ncontacts: []\n"), /^contacts\.yaml.*contacts/);
  assert.match(refusal(`${head}alarm:\n  cooldownSeconds: 60\n`), /cooldownSeconds/);
  const unknown = `${head}alarm:\n  steps:\n    - afterSeconds: 0\n      contacts: [Bob]\n`;
  assert.match(
    refusal(unknown),
    /^contacts\.yaml: alarm\.steps: step 1 names Bob, who is no contact\. Correct it; docs/,
  );
});
