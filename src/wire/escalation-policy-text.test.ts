import assert from "node:assert/strict";
import { test } from "node:test";
import { checkEscalationPolicy } from "#core/incident/escalation-policy.ts";
import { escalationFileSchema, escalationPolicyOf } from "./escalation-policy-text.ts";

const ada = { name: "Ada", channels: ["mail"] };

function policyOf(changes: object): ReturnType<typeof escalationPolicyOf> {
  const { version: _version, ...written } = escalationFileSchema.parse({
    version: 1,
    contacts: [ada],
    ...changes,
  });
  return escalationPolicyOf(written);
}

test("contacts alone make a policy: everybody at once, and again every five minutes until somebody answers", () => {
  const policy = policyOf({ contacts: [ada, { ...ada, name: "Bob" }] });
  checkEscalationPolicy(policy);
  assert.deepEqual(policy.alarm, {
    steps: [{ afterSeconds: 0, contacts: ["Ada", "Bob"] }],
    repeatSeconds: 300,
  });
  assert.deepEqual(policy.trouble.steps, [{ afterSeconds: 60, contacts: ["Ada", "Bob"] }]);
  assert.equal(policy.trouble.repeatSeconds, 86_400);
  assert.equal(policy.prealarm.repeatSeconds, null);
});

test("hours are lines of a week in the contact's own time zone, or that of the file", () => {
  const { contacts } = policyOf({
    timeZone: "Europe/Berlin",
    contacts: [
      { ...ada, hours: ["mon 00:00-06:00"] },
      { ...ada, name: "Bob", timeZone: "UTC" },
    ],
  });
  assert.deepEqual(
    contacts.map(({ hours, timeZone }) => [hours, timeZone]),
    [
      [[{ fromMinute: 0, toMinute: 360 }], "Europe/Berlin"],
      [null, "UTC"],
    ],
  );
});

test("unknown keys, contacts without a channel and an alarm that cools down are refused", () => {
  const refused = (changes: object): boolean =>
    !escalationFileSchema.safeParse({ version: 1, contacts: [ada], ...changes }).success;
  assert.ok(refused({ contact: [ada] }));
  assert.ok(refused({ contacts: [] }));
  assert.ok(refused({ contacts: [{ name: "Ada", channels: [] }] }));
  assert.ok(refused({ alarm: { quietSeconds: 60 } }));
  assert.ok(refused({ alarm: { repeatSeconds: null } }));
  assert.ok(!refused({ prealarm: { quietSeconds: 0 } }));
});
