import assert from "node:assert/strict";
import { test } from "node:test";
import { EvidenceStage } from "#support/evidence-stage.ts";
import { ringSeconds } from "./evidence-ring.ts";

test("entries are read in the order in which they came, each once, from a given time on", async () => {
  const stage = new EvidenceStage();
  await stage.pass(5, async () => {});
  const sinceMicros = stage.clock.nowMicros() - 2_000_000;
  stage.level("alarm", "incident-1");
  stage.ring.addFrame(stage.frame());
  const reader = stage.ring.reader({ sinceMicros });
  const kinds: string[] = [];
  for (let entry = reader.next(); entry !== null; entry = reader.next()) kinds.push(entry.kind);
  const second = [...Array(10).fill("thermal"), "tick"];
  assert.deepEqual(kinds, [...second, ...second, "event", "thermal"]);
  assert.equal(reader.next(), null);
  stage.level("normal", "incident-1");
  assert.equal(reader.next()?.kind, "event");
});

test("pixels are copied into memory that stays the same", () => {
  const stage = new EvidenceStage();
  const frame = stage.frame();
  const reader = stage.ring.reader("now");
  stage.ring.addFrame(frame);
  const before = frame.pixels.slice();
  frame.pixels.fill(0);
  const slots = new Set<ArrayBufferLike>();
  const first = reader.next();
  assert.ok(first?.kind === "thermal");
  assert.deepEqual(first.frame.pixels, before);
  for (let n = 0; n < 3 * ringSeconds * 9; n += 1) {
    stage.ring.addFrame(frame);
    const entry = reader.next();
    if (entry?.kind === "thermal") slots.add(entry.frame.pixels.buffer);
  }
  assert.equal(slots.size, ringSeconds * 9);
});

test("a reader that is too slow loses the oldest pictures, counts them, and loses no event", async () => {
  const stage = new EvidenceStage();
  const reader = stage.ring.reader("now");
  stage.level("alarm", "incident-1");
  await stage.pass(ringSeconds * 2, async () => {});
  const counts = { thermal: 0, event: 0 };
  for (let entry = reader.next(); entry !== null; entry = reader.next()) {
    if (entry.kind === "thermal" || entry.kind === "event") counts[entry.kind] += 1;
  }
  assert.deepEqual(counts, { thermal: ringSeconds * 9, event: 1 });
  assert.equal(reader.lostFrames, ringSeconds * 11);
  assert.equal(reader.lostEntries, 0);
});

test("pictures of another size are counted and not kept", () => {
  const stage = new EvidenceStage();
  const reader = stage.ring.reader("now");
  stage.ring.addFrame({ ...stage.frame(), width: 30, height: 40 });
  assert.equal(reader.next(), null);
  assert.equal(stage.ring.otherSizes, 1);
});
