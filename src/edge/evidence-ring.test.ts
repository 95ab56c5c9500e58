import assert from "node:assert/strict";
import { test } from "node:test";
import { EvidenceStage } from "#support/evidence-stage.ts";
import { ringSeconds } from "./evidence-ring.ts";
import type { CodedPicture } from "./picture-coder.ts";

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

test("pictures that come into a full ring take the memory of those that go", () => {
  const stage = new EvidenceStage();
  /** The memory of each picture of one whole ring. */
  const fill = (): readonly ArrayBufferLike[] => {
    for (let n = 0; n < 540; n += 1) stage.ring.addFrame(stage.frame());
    const reader = stage.ring.reader({ sinceMicros: 0 });
    const memory: ArrayBufferLike[] = [];
    for (let entry = reader.next(); entry !== null; entry = reader.next())
      if (entry.kind === "thermal") memory.push((entry.frame as CodedPicture).coded.pixels.bytes.buffer);
    return memory;
  };
  const first = new Set(fill());
  assert.equal(first.size, 540);
  const again = fill().filter((memory) => first.has(memory));
  // All but keys, by which pictures are told that are still there.
  assert.ok(again.length >= 500, `${again.length} of 540`);
});
