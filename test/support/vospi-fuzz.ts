import assert from "node:assert/strict";
import { Random } from "#core/random.ts";
import type { VospiFrame } from "#sensors/lepton/frame-assembler.ts";
import type { VospiCounters } from "#sensors/lepton/vospi-counters.ts";
import { VospiReader } from "#sensors/lepton/vospi-reader.ts";
import { numberedPicture } from "./lepton-bench.ts";
import { discardPacket, wireFrame, wireTelemetry } from "./vospi-wire.ts";

const packetBytes = 164;
const segmentPeriodMs = 9.434;
const segmentsPerCycle = 12;
const pictureCount = 8;

/** What came of a run. */
export interface VospiFuzzResult {
  /** Packets that were changed, left out, repeated, or made up. */
  readonly mutations: number;
  /** Pictures accepted; every one was whole. */
  readonly frames: number;
  /** Times the reader asked for help. */
  readonly syncLosses: number;
  /**
   * Made-up contents whose checksum was right by chance, one in 65,536: nothing on the wire tells them from a real
   * packet, so they are drawn again, and counted.
   */
  readonly redrawn: number;
  readonly counters: VospiCounters;
}

interface Picture {
  readonly pixels: Uint16Array;
  readonly telemetry: Uint16Array;
  readonly segments: readonly (readonly Uint8Array[])[];
}

/** The checksum bit by bit, as the data sheet states it: independent of the table that is tested. */
function isAcceptable(packet: Uint8Array): boolean {
  let crc = 0;
  for (let i = 0; i < packetBytes; i += 1) {
    let byte = packet[i]!;
    if (i === 0) byte &= 0x0f;
    if (i === 2 || i === 3) byte = 0;
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc === (packet[2]! << 8) + packet[3]!;
}

function makePictures(): Picture[] {
  return Array.from({ length: pictureCount }, (_, index) => {
    const pixels = numberedPicture(index);
    const telemetry = wireTelemetry({ 20: index, 1: 1_000 + index });
    return { pixels, telemetry, segments: wireFrame({ pixels, telemetry, place: "footer" }) };
  });
}

/** A camera whose wire is disturbed: a segment every 9.434 ms, what is not read in time is gone. */
class DisturbedCamera {
  nowMs = 0;
  mutations = 0;
  redrawn = 0;
  readonly #random: Random;
  readonly #pictures = makePictures();
  readonly #discard = discardPacket();
  #segmentIndex = -1;
  #packets: Uint8Array[] = [];
  #next = 0;
  #shift = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  get pictures(): readonly Picture[] {
    return this.#pictures;
  }

  read(into: Uint8Array): void {
    const index = Math.floor(this.nowMs / segmentPeriodMs);
    if (index !== this.#segmentIndex) this.#openSegment(index);
    for (let at = 0; at < into.length; at += packetBytes) into.set(this.#packet(), at);
  }

  #packet(): Uint8Array {
    const packet = this.#packets[this.#next];
    if (packet === undefined) return this.#discard;
    this.#next += 1;
    if (this.#shift === 0) return packet;
    const after = this.#packets[this.#next] ?? this.#discard;
    const shifted = new Uint8Array(packetBytes);
    shifted.set(packet.subarray(this.#shift));
    shifted.set(after.subarray(0, this.#shift), packetBytes - this.#shift);
    this.mutations += 1;
    return shifted;
  }

  #openSegment(index: number): void {
    this.#segmentIndex = index;
    this.#next = 0;
    this.#shift = 0;
    const place = index % segmentsPerCycle;
    const picture = this.#pictures[Math.floor(index / segmentsPerCycle) % pictureCount]!;
    // An invalid segment shows whatever the camera has at hand: here the next picture's parts.
    const source = place < 4 ? picture : this.#pictures[(index * 7) % pictureCount]!;
    this.#packets = [...source.segments[place % 4]!];
    if (place >= 4) this.#packets[20] = withTtt(this.#packets[20]!, 0);
    this.#disturb();
  }

  /** Four cycles of twelve are left alone, so that pictures come at all; others get one change or a storm of them. */
  #disturb(): void {
    const mood = Math.floor(this.#segmentIndex / segmentsPerCycle) % 12;
    if (mood < 4) return;
    const changes = mood < 9 ? this.#random.integer(2) : 1 + this.#random.integer(60);
    for (let n = 0; n < changes; n += 1) this.#change();
  }

  #change(): void {
    const random = this.#random;
    const at = random.integer(this.#packets.length);
    const packet = this.#packets[at]!;
    this.mutations += 1;
    switch (random.integer(10)) {
      case 0:
        this.#packets.splice(at, 1);
        return;
      case 1:
        this.#packets.splice(at, 0, packet);
        return;
      case 2:
        this.#packets[at] = this.#packets[random.integer(this.#packets.length)]!;
        return;
      case 3:
        this.#packets.splice(at, 0, this.#discard);
        return;
      case 4:
        this.#packets[at] = withTtt(packet, random.integer(16));
        return;
      case 5:
        this.#shift = random.integer(packetBytes);
        return;
      case 6:
        this.#packets[at] = this.#redraw(packet, () => randomBytes(random, new Uint8Array(packetBytes), 0));
        return;
      case 7:
        this.#packets[at] = this.#redraw(packet, () => randomBytes(random, packet.slice(), 2));
        return;
      case 8:
        this.#packets[at] = withBurst(packet, random);
        return;
      default:
        this.#packets[at] = withWrongBits(packet, random);
    }
  }

  #redraw(original: Uint8Array, draw: () => Uint8Array): Uint8Array {
    for (;;) {
      const packet = draw();
      if (!isAcceptable(packet) || packet.every((byte, i) => byte === original[i])) return packet;
      this.redrawn += 1;
    }
  }
}

function withTtt(packet: Uint8Array, nibble: number): Uint8Array {
  const copy = packet.slice();
  copy[0] = (copy[0]! & 0x0f) | (nibble << 4);
  return copy;
}

function randomBytes(random: Random, packet: Uint8Array, from: number): Uint8Array {
  for (let i = from; i < packet.length; i += 1) packet[i] = random.integer(256);
  return packet;
}

/** One to three wrong bits anywhere: the checksum finds every such change in a packet of this length. */
function withWrongBits(packet: Uint8Array, random: Random): Uint8Array {
  const copy = packet.slice();
  const count = 1 + random.integer(3);
  for (let n = 0; n < count; n += 1) copy[random.integer(packetBytes)]! ^= 1 << random.integer(8);
  return copy;
}

/** Up to 16 bits in a row: the checksum finds every such change, too. */
function withBurst(packet: Uint8Array, random: Random): Uint8Array {
  const copy = packet.slice();
  const start = random.integer(packetBytes * 8 - 16);
  const length = 1 + random.integer(16);
  for (let bit = start; bit < start + length; bit += 1) {
    if (random.integer(2) === 1) copy[bit >> 3]! ^= 0x80 >> (bit & 7);
  }
  return copy;
}

/** Reads a disturbed camera until so many packets were disturbed; fails when a picture with a wrong pixel is accepted. */
export function fuzzVospi({ seed, mutations }: { seed: number; mutations: number }): VospiFuzzResult {
  const random = new Random(seed);
  const camera = new DisturbedCamera(random);
  let frames = 0;
  let syncLosses = 0;
  const reader: VospiReader = new VospiReader({
    spi: { read: (into) => camera.read(into), close: () => {} },
    clock: { monotonicMs: () => camera.nowMs },
    telemetryPlace: "footer",
    onFrame: (frame) => {
      frames += 1;
      assertWhole(frame, camera.pictures);
    },
    onSyncLost: () => {
      syncLosses += 1;
      reader.resume({ frameWithinMs: 1_000 });
    },
  });
  reader.resume({ frameWithinMs: 1_000 });
  while (camera.mutations < mutations) {
    const delayMs = reader.readDue();
    assert.ok(delayMs >= 0 && delayMs <= 1_000, `${delayMs} ms`);
    // Now and then the host is late.
    const lateMs = random.integer(500) === 0 ? random.integer(150) : 0;
    camera.nowMs += Math.max(delayMs, 0.01) + lateMs;
  }
  return {
    mutations: camera.mutations,
    frames,
    syncLosses,
    redrawn: camera.redrawn,
    counters: reader.counters,
  };
}

function assertWhole({ pixels, telemetryWords }: VospiFrame, pictures: readonly Picture[]): void {
  const picture = pictures[pixels[0]! - 29_000];
  assert.ok(picture !== undefined, "the first pixel says which picture it is");
  for (let i = 0; i < pixels.length; i += 1) {
    if (pixels[i] !== picture.pixels[i]) assert.fail(`pixel ${i} is ${pixels[i]}, not ${picture.pixels[i]}`);
  }
  assert.deepEqual(telemetryWords, picture.telemetry);
}
