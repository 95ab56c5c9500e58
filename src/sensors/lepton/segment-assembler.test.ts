import assert from "node:assert/strict";
import { test } from "node:test";
import { discardPacket, wirePacket, wireSegment } from "#support/vospi-wire.ts";
import { type PacketOutcome, SegmentAssembler } from "./segment-assembler.ts";

const words = Uint16Array.from({ length: 61 * 80 }, (_, i) => (i * 31) & 0xffff);
const packets = wireSegment({ number: 3, words });

function assembler(): SegmentAssembler {
  return new SegmentAssembler({ telemetry: "with" });
}

function takeAll(segment: SegmentAssembler, list: readonly Uint8Array[]): PacketOutcome[] {
  return list.map((packet) => segment.take(packet, 0));
}

function wrongBit(packet: Uint8Array): Uint8Array {
  const copy = packet.slice();
  copy[100]! ^= 4;
  return copy;
}

test("a segment's packets are put together and packet 20 says which one it is", () => {
  const segment = assembler();
  const outcomes = takeAll(segment, packets);
  assert.deepEqual(new Set(outcomes.slice(0, 60)), new Set(["stored"]));
  assert.equal(outcomes[60], "complete");
  assert.equal(segment.number, 3);
  assert.deepEqual(segment.words, words);
  assert.equal(segment.isWithin, false);
});

test("without telemetry a segment has sixty packets", () => {
  const segment = new SegmentAssembler({ telemetry: "without" });
  const outcomes = takeAll(segment, packets.slice(0, 60));
  assert.equal(outcomes[59], "complete");
  assert.deepEqual(segment.words, words.slice(0, 60 * 80));
});

test("TTT bits of any other packet mean nothing", () => {
  const segment = assembler();
  const disturbed = packets.map((packet, number) =>
    number === 20
      ? packet
      : wirePacket({ number, ttt: (number * 5) & 7, words: words.subarray(80 * number, 80 * (number + 1)) }),
  );
  assert.equal(takeAll(segment, disturbed)[60], "complete");
  assert.equal(segment.number, 3);
  assert.deepEqual(segment.words, words);
});

test("discard packets disturb nothing, before a segment or within one", () => {
  const segment = assembler();
  const list = packets.flatMap((packet) => [discardPacket(), packet, discardPacket()]);
  const outcomes = takeAll(segment, list);
  assert.equal(outcomes.filter((outcome) => outcome === "discard").length, 122);
  assert.equal(outcomes.at(-2), "complete");
  assert.deepEqual(segment.words, words);
});

test("a packet that comes twice costs nothing", () => {
  const segment = assembler();
  const outcomes = takeAll(segment, [...packets.slice(0, 8), packets[7]!, ...packets.slice(8)]);
  assert.equal(outcomes[8], "repeated");
  assert.equal(outcomes.at(-1), "complete");
  assert.deepEqual(segment.words, words);
});

const spoilt: Readonly<Record<string, { list: readonly Uint8Array[]; outcome: PacketOutcome }>> = {
  "a packet with a wrong bit": {
    list: packets.with(30, wrongBit(packets[30]!)),
    outcome: "crc-error",
  },
  "a missing packet": { list: packets.toSpliced(30, 1), outcome: "misplaced" },
  "two packets exchanged": {
    list: packets.with(30, packets[31]!).with(31, packets[30]!),
    outcome: "misplaced",
  },
  "a packet of another segment, numbered alike, after the last": {
    list: packets.toSpliced(31, 0, wirePacket({ number: 30, ttt: 0, words: new Uint16Array(80).fill(9) })),
    outcome: "misplaced",
  },
  "a number no segment has": {
    list: packets.with(30, wirePacket({ number: 61, ttt: 0, words: new Uint16Array(80) })),
    outcome: "misplaced",
  },
  "a beginning that was missed": { list: packets.slice(5), outcome: "misplaced" },
  "a first packet with a wrong bit": { list: packets.with(0, wrongBit(packets[0]!)), outcome: "crc-error" },
};

for (const [name, { list, outcome }] of Object.entries(spoilt)) {
  test(`${name} spoils its segment and leaves the next one whole`, () => {
    const segment = assembler();
    const outcomes = takeAll(segment, list);
    assert.ok(outcomes.includes(outcome), outcomes.join(" "));
    assert.equal(outcomes.includes("complete"), false);
    assert.equal(outcomes.at(-1), "damaged");
    assert.equal(takeAll(segment, packets)[60], "complete");
    assert.deepEqual(segment.words, words);
  });
}

test("a segment whose end never came gives way to the next one", () => {
  const segment = assembler();
  takeAll(segment, packets.slice(0, 60));
  const outcomes = takeAll(segment, packets);
  assert.equal(outcomes[0], "restarted");
  assert.equal(segment.cutAt, 60);
  assert.equal(outcomes[60], "complete");
});

test("zeros for ever, as from a camera that is not there, never become a segment", () => {
  const segment = assembler();
  const outcomes = takeAll(
    segment,
    Array.from({ length: 500 }, () => new Uint8Array(164)),
  );
  assert.deepEqual(new Set(outcomes.slice(1)), new Set(["repeated"]));
  const ones = takeAll(assembler(), [new Uint8Array(164).fill(0xff)]);
  assert.deepEqual(ones, ["discard"]);
});
