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

test("a picture comes out as it went in, whatever became of its pixels meanwhile", () => {
  const stage = new EvidenceStage();
  const reader = stage.ring.reader("now");
  const frame = stage.frame();
  const before = frame.pixels.slice();
  stage.ring.addFrame(frame);
  frame.pixels.fill(0);
  stage.ring.addFrame(frame);
  const first = reader.next();
  assert.ok(first?.kind === "thermal");
  assert.deepEqual(first.frame.pixels, before);
  const second = reader.next();
  assert.ok(second?.kind === "thermal");
  assert.deepEqual(second.frame.pixels, frame.pixels);
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
