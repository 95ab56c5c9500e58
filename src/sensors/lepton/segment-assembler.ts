import {
  isDiscardId,
  isIntactPacket,
  packetCrcField,
  packetHeaderBytes,
  packetId,
  packetNumber,
  packetsPerSegment,
  packetsPerTelemetrySegment,
  packetWords,
  segmentField,
  segmentNumberPacket,
} from "./vospi-packet.ts";

/**
 * What a packet did to its segment. `discard`: the camera had nothing to show. `stored`: it was the next one.
 * `repeated`: the last one once more, skipped. `restarted`: the first of a segment, though the one before lacks packets (`cutAt`).
 * `crc-error` and `misplaced`: the segment can no longer be used but is read to its end. `complete`: the last one of a segment of which no packet is missing or wrong. `damaged`: the last
 * one of any other segment.
 */
export type PacketOutcome =
  | "discard"
  | "stored"
  | "repeated"
  | "restarted"
  | "crc-error"
  | "misplaced"
  | "complete"
  | "damaged";

/** Puts packets together to segments; allocates nothing per packet. */
export class SegmentAssembler {
  /** Words of the segment, valid until the next packet: 80 for each packet. */
  readonly words: Uint16Array;
  readonly #packets: number;
  #next = 0;
  #damaged = false;
  #number = 0;
  #lastCrc = -1;
  #cutAt = 0;

  constructor(layout: { readonly telemetry: "with" | "without" }) {
    this.#packets = layout.telemetry === "with" ? packetsPerTelemetrySegment : packetsPerSegment;
    this.words = new Uint16Array(this.#packets * packetWords);
  }

  /** Number in packet 20 of the segment that is complete: 1 to 4, 0 for an invalid one; others are no segment's. */
  get number(): number {
    return this.#number;
  }

  /** Packets that the segment still lacks; all of them between two segments. */
  get missing(): number {
    return this.#packets - this.#next;
  }

  /** True from a segment's first packet to its last. */
  get isWithin(): boolean {
    return this.#next > 0;
  }

  /** Packets that the segment had before the one called `restarted` cut it short. */
  get cutAt(): number {
    return this.#cutAt;
  }

  /** Forgets the segment under way. */
  reset(): void {
    this.#next = 0;
    this.#damaged = false;
    this.#lastCrc = -1;
  }

  /** Takes the packet that begins at `start`. */
  take(bytes: Uint8Array, start: number): PacketOutcome {
    const id = packetId(bytes, start);
    if (isDiscardId(id)) return "discard";
    if (!isIntactPacket(bytes, start)) {
      // Between two segments it may as well have been a discard packet: the next packet will tell.
      return this.isWithin ? this.#spoil(this.#next, "crc-error") : "crc-error";
    }
    const number = packetNumber(id);
    const crc = packetCrcField(bytes, start);
    if (number === this.#next) return this.#store(bytes, start);
    if (number === this.#next - 1 && crc === this.#lastCrc) return "repeated";
    if (number >= this.#packets) return this.#spoil(this.#next, "misplaced");
    if (number !== 0) return this.#spoil(number, "misplaced");
    this.#cutAt = this.#next;
    this.reset();
    this.#store(bytes, start);
    return "restarted";
  }

  #store(bytes: Uint8Array, start: number): PacketOutcome {
    const at = this.#next;
    if (at === segmentNumberPacket) this.#number = segmentField(packetId(bytes, start));
    this.#copyWords(bytes, start + packetHeaderBytes);
    this.#lastCrc = packetCrcField(bytes, start);
    return this.#advanceTo(at + 1, "stored");
  }

  /** Copies the packet's big-endian words, which begin at `from`, to their place in the segment. */
  #copyWords(bytes: Uint8Array, from: number): void {
    const { words } = this;
    const at = this.#next * packetWords;
    for (let i = 0; i < packetWords; i += 1)
      words[at + i] = (bytes[from + 2 * i]! << 8) | bytes[from + 2 * i + 1]!;
  }

  /** The segment is lost; what follows is counted on from where this packet must have been. */
  #spoil(at: number, outcome: "crc-error" | "misplaced"): PacketOutcome {
    this.#damaged = true;
    this.#lastCrc = -1;
    return this.#advanceTo(at + 1, outcome);
  }

  #advanceTo(next: number, outcome: PacketOutcome): PacketOutcome {
    this.#next = next;
    if (next < this.#packets) return outcome;
    const ended = this.#damaged ? "damaged" : "complete";
    this.reset();
    return ended;
  }
}
