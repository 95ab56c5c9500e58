import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ManualClock } from "#support/manual-clock.ts";
import { PlaybackSpiLink } from "./playback-spi-link.ts";
import { RecordingSpiLink } from "./recording-spi-link.ts";
import type { SpiLink } from "./spi-link.ts";
import { parseSpiRecording, SpiRecordEncoder, spiRecordingMagic } from "./spi-recording-format.ts";
import { TransportFailure } from "./transport-failure.ts";

function join(pieces: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(pieces.flatMap((piece) => [...piece]));
}

/** A link that gives these packets, each taking 2 ms of the clock's time. */
function linkOf(packets: readonly Uint8Array[], clock: ManualClock): SpiLink {
  const left = [...packets];
  return {
    read(into) {
      clock.advanceMs(2);
      const packet = left.shift();
      if (packet === undefined) throw new TransportFailure("gone", "The camera has vanished.");
      into.set(packet);
    },
    close() {},
  };
}

const packets = [
  Uint8Array.of(0x0f, 0xff, 1),
  Uint8Array.of(0x0f, 0xff, 1),
  Uint8Array.of(0x0f, 0xff, 1),
  Uint8Array.of(0, 0, 2),
];

function record(): Uint8Array {
  const clock = new ManualClock();
  const pieces: Uint8Array[] = [];
  const link = new RecordingSpiLink({
    link: linkOf(packets, clock),
    clock,
    write: (piece) => pieces.push(piece),
  });
  const into = new Uint8Array(3);
  for (const packet of packets) {
    link.read(into);
    assert.deepEqual(into, packet);
  }
  assert.throws(() => link.read(into), { code: "gone" });
  link.close();
  return join(pieces);
}

test("reads are written down byte for byte, and repetitions without their bytes", () => {
  const bytes = record();
  assert.equal(bytes.length, 8 + 4 * 8 + 2 * 3);
  const head = [...new TextEncoder().encode("EWSPI"), 0, 0, 1];
  assert.deepEqual([...bytes.subarray(0, 8)], head);
  assert.deepEqual([...bytes.subarray(8, 19)], [0, 0, 0, 0, 3, 0, 0, 0, 0x0f, 0xff, 1]);
  // 2,000 µs later the same three bytes.
  assert.deepEqual([...bytes.subarray(19, 27)], [0xd0, 0x07, 0, 0, 3, 0, 0, 0x80]);
});

test("a recording played back gives the same reads and their times", () => {
  const link = new PlaybackSpiLink(parseSpiRecording({ name: "camera.spi", bytes: record() }));
  const into = new Uint8Array(3);
  const times: (number | null)[] = [];
  for (const packet of packets) {
    times.push(link.nextAtMicros);
    link.read(into);
    assert.deepEqual(into, packet);
  }
  assert.deepEqual(times, [0, 2_000, 4_000, 6_000]);
  assert.equal(link.nextAtMicros, null);
  link.close();
});

test("a playback refuses another length, a read past its end, and being left unfinished", () => {
  const reads = parseSpiRecording({ name: "camera.spi", bytes: record() });
  const short = new PlaybackSpiLink(reads);
  assert.throws(() => short.read(new Uint8Array(2)), /read 1 has 3 bytes, asked for were 2/);
  assert.throws(() => short.close(), /read 1 has 3 bytes/);
  const past = new PlaybackSpiLink([]);
  assert.throws(() => past.read(new Uint8Array(3)), /a read after its 0 reads/);
  const early = new PlaybackSpiLink(reads);
  early.read(new Uint8Array(3));
  assert.throws(() => early.close(), /3 reads were left over/);
});

test("a recording cut off anywhere is refused or shorter, never wrong", () => {
  const whole = record();
  const reads = parseSpiRecording({ name: "camera.spi", bytes: whole });
  for (let length = 0; length < whole.length; length += 1) {
    let parsed: typeof reads;
    try {
      parsed = parseSpiRecording({ name: "camera.spi", bytes: whole.subarray(0, length) });
    } catch (error) {
      assert.match(String(error), /camera\.spi is (no SPI recording|damaged or cut off)/);
      continue;
    }
    assert.deepEqual(parsed, reads.slice(0, parsed.length));
  }
});

test("whatever is read comes back the same", () => {
  const read = fc.record({
    gap: fc.integer({ min: 0, max: 10_000_000 }),
    bytes: fc.oneof(fc.constant(Uint8Array.of(1, 2)), fc.uint8Array({ minLength: 1, maxLength: 20 })),
  });
  fc.assert(
    fc.property(fc.array(read, { maxLength: 20 }), (reads) => {
      let atMicros = 0;
      const given = reads.map(({ gap, bytes }, index) => {
        if (index > 0) atMicros += gap;
        return { atMicros, bytes };
      });
      const encoder = new SpiRecordEncoder();
      const bytes = join([spiRecordingMagic, ...given.map((entry) => encoder.encode(entry))]);
      assert.deepEqual(parseSpiRecording({ name: "any", bytes }), given);
    }),
  );
});

test("no bytes whatever crash or hang the parser", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
      try {
        parseSpiRecording({ name: "any", bytes: join([spiRecordingMagic, tail]) });
      } catch (error) {
        assert.equal((error as { code?: string }).code, "damaged-spi-recording");
      }
    }),
  );
});
