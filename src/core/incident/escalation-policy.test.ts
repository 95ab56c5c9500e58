import assert from "node:assert/strict";
import { test } from "node:test";
import { testPolicy } from "#support/escalation-run.ts";
import { Failure } from "../failure.ts";
import { checkEscalationPolicy, type EscalationPolicy } from "./escalation-policy.ts";

function refusal(changes: Partial<EscalationPolicy>): string {
  try {
    checkEscalationPolicy({ ...testPolicy(), ...changes });
  } catch (error) {
    assert.ok(error instanceof Failure && error.code === "escalation-policy");
    return error.message;
  }
  return "taken";
}

test("a policy by which somebody would not be told is refused with what is wrong", () => {
  const policy = testPolicy();
  const [ada, bob] = policy.contacts;
  const step = { afterSeconds: 0, contacts: ["Ada"] };
  assert.equal(refusal({}), "taken");
  assert.match(refusal({ contacts: [ada!, bob!, ada!] }), /Ada is there twice/);
  assert.match(refusal({ contacts: [ada!, { ...bob!, channels: [] }] }), /Bob has no channel/);
  assert.match(refusal({ contacts: [ada!, { ...bob!, channels: ["sms", "sms"] }] }), /channel twice/);
  assert.match(refusal({ contacts: [ada!] }), /names Bob, who is no contact/);
  assert.match(refusal({ alarm: { steps: [], repeatSeconds: 60 } }), /has to tell somebody/);
  assert.match(refusal({ alarm: { steps: [step], repeatSeconds: 0 } }), /more than 0 s/);
  assert.match(
    refusal({ alarm: { steps: [{ ...step, afterSeconds: 5 }], repeatSeconds: 60 } }),
    /waits for nothing/,
  );
  assert.match(refusal({ alarm: { steps: [step, step], repeatSeconds: 60 } }), /does not come after/);
  assert.match(refusal({ alarm: { steps: [{ ...step, contacts: [] }], repeatSeconds: 60 } }), /tells nobody/);
});
