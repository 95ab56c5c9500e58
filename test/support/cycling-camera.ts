import type { SpiLink } from "#sensors/transport/spi-link.ts";
import type { TransportFailure } from "#sensors/transport/transport-failure.ts";
import { numberedPicture } from "./lepton-bench.ts";
import { discardPacket, wireFrame, wireTelemetry } from "./vospi-wire.ts";

const segmentPeriodMs = 9.434;
const segmentsPerCycle = 12;
const pictures = 4;

/** A camera that shows four pictures over and over, at the least cost, so that a reader can be measured. */
export interface CyclingCamera {
  readonly spi: SpiLink;
  readonly clock: { monotonicMs(): number; nowMicros(): number };
  /** Exchanges so far. */
  readonly reads: number;
  advanceMs(ms: number): void;
  /** What it sends: its cycle, nothing but discard packets, or nothing but segments with number 0. */
  send(what: "cycle" | "discards" | "invalid"): void;
  /** Every exchange fails. */
  setFailure(failure: TransportFailure): void;
}

/** The packets of each segment of the cycle, as bytes in one piece. */
function makeSegments(): Uint8Array[] {
  return Array.from({ length: pictures }, (_, index) => {
    const telemetry = wireTelemetry({ 20: index, 1: 1_000 + index });
    const frame = wireFrame({ pixels: numberedPicture(index), telemetry, place: "footer" });
    return Array.from({ length: segmentsPerCycle }, (_, place) => {
      const packets = frame[place % 4]!.map((packet) => packet.slice());
      if (place >= 4) packets[20]![0]! &= 0x0f;
      return Buffer.concat(packets);
    });
  }).flat();
}

/** Makes one; its time is 0. */
export function cyclingCamera(): CyclingCamera {
  const segments = makeSegments();
  const invalid = segments[5]!;
  const discard = discardPacket();
  const state: {
    nowMs: number;
    reads: number;
    segment: number;
    at: number;
    what: "cycle" | "discards" | "invalid";
  } = { nowMs: 0, reads: 0, segment: -1, at: 0, what: "cycle" };
  let failure: TransportFailure | null = null;
  const read = (into: Uint8Array): void => {
    state.reads += 1;
    if (failure !== null) throw failure;
    const segment = Math.floor(state.nowMs / segmentPeriodMs);
    if (segment !== state.segment) {
      state.segment = segment;
      state.at = 0;
    }
    const bytes = state.what === "invalid" ? invalid : segments[segment % segments.length]!;
    const left = state.what === "discards" ? 0 : bytes.length - state.at;
    const count = Math.min(left, into.length);
    for (let i = 0; i < count; i += 1) into[i] = bytes[state.at + i]!;
    state.at += count;
    for (let at = count; at < into.length; at += discard.length) into.set(discard, at);
  };
  return {
    spi: { read, close: () => {} },
    clock: { monotonicMs: () => state.nowMs, nowMicros: () => Math.round(state.nowMs * 1_000) },
    get reads() {
      return state.reads;
    },
    advanceMs(ms) {
      state.nowMs += ms;
    },
    send(what) {
      state.what = what;
    },
    setFailure(planted) {
      failure = planted;
    },
  };
}
