import assert from "node:assert/strict";
import { test } from "node:test";
import { ManualClock } from "#support/manual-clock.ts";
import { Refusals, rememberedMax, toldAgainAfterMs } from "./refusals.ts";

function bench() {
  const clock = new ManualClock();
  const lines: string[] = [];
  return { clock, lines, refusals: new Refusals(clock, (line) => lines.push(line)) };
}

test("a million refusals of one kind and peer are one line, and all of them are counted", () => {
  const { clock, lines, refusals } = bench();
  for (let n = 0; n < 1_000_000; n += 1)
    refusals.count({ kind: "malformed-packet", peer: "10.0.0.7", what: "sent bytes that are no MQTT" });
  assert.deepEqual(lines, ["refused (malformed-packet): 10.0.0.7 sent bytes that are no MQTT"]);
  assert.deepEqual(refusals.counts(), { total: 1_000_000, byKind: { "malformed-packet": 1_000_000 } });
  clock.advanceMs(toldAgainAfterMs);
  refusals.count({ kind: "malformed-packet", peer: "10.0.0.7", what: "sent bytes that are no MQTT" });
  assert.match(lines[1]!, /and 999999 times more since this was last told$/);
});

test("another kind and another peer are told for themselves", () => {
  const { lines, refusals } = bench();
  refusals.count({ kind: "foreign-topic", peer: "kitchen", what: "a" });
  refusals.count({ kind: "foreign-topic", peer: "office", what: "a" });
  refusals.count({ kind: "oversized-message", peer: "office", what: "a" });
  assert.equal(lines.length, 3);
});

test("more peers than are remembered add one line for each kind", () => {
  const { lines, refusals } = bench();
  for (let n = 0; n < 50_000; n += 1)
    refusals.count({ kind: n % 2 === 0 ? "no-certificate" : "wrong-code", peer: `peer ${n}`, what: "x" });
  assert.ok(lines.length <= rememberedMax + 2, `${lines.length} lines`);
  assert.equal(refusals.counts().total, 50_000);
});

test("what strangers say cannot break out of its line", () => {
  const { lines, refusals } = bench();
  refusals.count({ kind: "malformed-packet", peer: "a\nb", what: `c\u001b[2J${"x".repeat(10_000)}` });
  assert.ok(!/[^\x20-\x7e]/.test(lines[0]!));
  assert.ok(lines[0]!.length < 500);
});
