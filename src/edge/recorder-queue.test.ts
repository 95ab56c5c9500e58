import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonEntry } from "#recording/entry-json.ts";
import { EvidenceStage } from "#support/evidence-stage.ts";
import { PictureCoder } from "./picture-coder.ts";
import {
  eventsWaitingMax,
  picturesWaitingMax,
  RecorderQueue,
  readingsWaitingMax,
  type WaitingRecord,
} from "./recorder-queue.ts";

const everything = { entries: Number.POSITIVE_INFINITY, pictures: Number.POSITIVE_INFINITY } as const;
const stage = new EvidenceStage();
const coder = new PictureCoder();

function tick(atMicros: number): JsonEntry {
  return { kind: "tick", atMicros };
}

function trouble(sequence: number): JsonEntry {
  const event = {
    type: "trouble",
    sequence,
    atMicros: 1,
    code: "link-down",
    active: true,
    text: "",
  } as const;
  return { kind: "event", atMicros: 1, event };
}

function alarm(): JsonEntry {
  const event = stage.level("alarm", "incident-1");
  return { kind: "event", atMicros: event.atMicros, event };
}

function addPictures(queue: RecorderQueue, count: number): void {
  for (let n = 0; n < count; n += 1) queue.addPicture(coder.code(stage.frame()));
}

const kinds = (records: readonly WaitingRecord[]): string => records.map(({ kind }) => kind[0]).join("");

test("what waits is taken in its order, no more of it than is asked for", () => {
  const queue = new RecorderQueue();
  addPictures(queue, 2);
  queue.addEntry(alarm());
  addPictures(queue, 2);
  queue.addEntry(tick(1));
  assert.equal(kinds(queue.take({ entries: 10, pictures: 3 })), "ppep");
  assert.equal(kinds(queue.take({ entries: 1, pictures: 3 })), "p");
  assert.equal(kinds(queue.take(everything)), "r");
  assert.equal(kinds(queue.take(everything)), "");
});

test("of too many pictures the oldest go, counted by the first that is left", () => {
  const queue = new RecorderQueue();
  addPictures(queue, 5);
  const [first] = queue.take({ entries: 1, pictures: 1 });
  assert.ok(first?.kind === "picture" && first.letGo === 0);
  addPictures(queue, picturesWaitingMax + 3);
  const left = queue.take(everything).filter((one) => one.kind === "picture");
  assert.equal(left.length, picturesWaitingMax);
  assert.deepEqual(
    left.map(({ letGo }) => letGo).filter((letGo) => letGo > 0),
    [7],
  );
  assert.equal(left[0]!.picture.frameCounter, first.picture.frameCounter + 8);
});

test("of too many readings and events the oldest go, and what begins a recording stays", () => {
  const queue = new RecorderQueue();
  queue.addEntry(alarm());
  for (let n = 0; n < readingsWaitingMax + 2; n += 1) queue.addEntry(tick(n));
  for (let n = 0; n < eventsWaitingMax + 3; n += 1) queue.addEntry(trouble(n));
  const left = queue.take(everything).flatMap((one) => (one.kind === "picture" ? [] : [one.entry]));
  assert.equal(left.length, readingsWaitingMax + eventsWaitingMax);
  assert.equal(left[0]!.kind === "event" && left[0]!.event.type, "level");
  assert.equal(left[1]!.atMicros, 2);
  assert.equal(queue.takeLetGo(), 6);
  assert.equal(queue.takeLetGo(), 0);
});

test("alarms alone can be too many, too: then the oldest goes, and pictures stay", () => {
  const queue = new RecorderQueue();
  addPictures(queue, 1);
  for (let n = 0; n < eventsWaitingMax + 1; n += 1) queue.addEntry(alarm());
  const left = kinds(queue.take(everything));
  assert.equal(left.length, 1 + eventsWaitingMax);
  assert.equal(left[0], "p");
});
