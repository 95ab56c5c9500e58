import { assert } from "#core/failure.ts";
import type { LeptonFaults } from "./emulated-lepton-fault.ts";
import { fillDiscardPacket, segmentNumberPacket, vospiPacketBytes } from "./emulated-vospi-packet.ts";

/** Segments of a picture. */
export const segmentsPerFrame = 4;

/**
 * Segments from one unique picture to the next: 1, 2, 3, 4 and eight invalid ones, by which the module keeps below the
 * 9 Hz above which cameras need an export licence (Lepton engineering data sheet).
 */
export const segmentsPerCycle = 12;

/** Time from one segment to the next: 26.5 Hz of the detector, four segments a picture, 106 segments a second. */
export const segmentPeriodMicros = 9_434;

/** A chip select idle for longer than this starts the stream anew (five periods of the detector). */
export const resyncIdleMicros = 185_000;

/** A packet that is not clocked out within three lines of some 0.5 ms loses synchronisation. */
export const packetTimeMaxMicros = 1_500;

/** Where the stream gets its packets from. */
export interface VospiSource {
  /** 60, or 61 with telemetry. */
  readonly packetsPerSegment: number;
  /** Unique picture `index` is about to be clocked out from its first segment. Increasing numbers, each once or twice. */
  beginFrame(index: number): void;
  /** The packets of the newest picture, all four segments one after the other, 164 bytes each; the source's own bytes. */
  readonly framePackets: Uint8Array;
}

/** Counts of what happened on the video interface. */
export interface VospiCounts {
  /** Segments clocked out whole, invalid ones included. */
  segments: number;
  discardPackets: number;
  /** How often synchronisation was lost while somebody was reading. */
  syncLosses: number;
  /** How often an idle line started the stream anew. */
  resyncs: number;
}

/** Options of `EmulatedVospiStream`. */
export interface VospiStreamOptions {
  readonly source: VospiSource;
  readonly faults: LeptonFaults;
  readonly nowMicros: () => number;
  /** Ready segments that may wait to be read before synchronisation is lost; a real module keeps one. */
  readonly segmentsKept: number;
}

/** Where packet faults strike when not told. */
const faultyPacketDefault = 30;
const noPacket = -1;

/** What is wrong with the segment being clocked out: its number, and the places of faulty packets. */
interface SegmentStrokes {
  number: number;
  wrongCrc: number;
  duplicated: number;
  swapped: number;
}

/**
 * The module's video interface: what comes out of it byte by byte when it is clocked, and how it gets out of step. A
 * read takes no time; what it finds is what is ready at its beginning.
 */
export class EmulatedVospiStream {
  readonly counts: VospiCounts = { segments: 0, discardPackets: 0, syncLosses: 0, resyncs: 0 };
  readonly #options: VospiStreamOptions;
  readonly #strokes: SegmentStrokes = {
    number: 0,
    wrongCrc: noPacket,
    duplicated: noPacket,
    swapped: noPacket,
  };
  readonly #packet = new Uint8Array(vospiPacketBytes);
  #startedAtMicros = Number.POSITIVE_INFINITY;
  #idleLevel: 0x00 | 0xff = 0x00;
  #lastReadMicros = Number.NEGATIVE_INFINITY;
  #packetOpenedMicros = 0;
  /** Bytes of the open packet that have been clocked out; 0 when none is open. */
  #position = 0;
  #isInStep = true;
  #segment = 0;
  #packetNumber = 0;
  #isDiscard = true;
  #struckSegment = -1;

  constructor(options: VospiStreamOptions) {
    assert(options.segmentsKept >= 1, "at least one segment waits to be read");
    this.#options = options;
  }

  /** The first segment is ready at this time. */
  start(atMicros: number): void {
    this.#startedAtMicros = atMicros;
    this.#position = 0;
    this.#isInStep = true;
    this.#segment = 0;
    this.#packetNumber = 0;
    this.#struckSegment = -1;
  }

  /** Nothing drives the line any more: all bits read as its level. */
  stop(level: 0x00 | 0xff): void {
    this.#startedAtMicros = Number.POSITIVE_INFINITY;
    this.#idleLevel = level;
  }

  /** Time at which unique picture `index` is ready. */
  frameReadyMicros(index: number): number {
    return this.#startedAtMicros + index * segmentsPerCycle * segmentPeriodMicros;
  }

  /** The host must let the line idle before it gets another segment. */
  loseStep(): void {
    const isRead = this.#options.nowMicros() - this.#lastReadMicros <= resyncIdleMicros;
    if (this.#isInStep && isRead) this.counts.syncLosses += 1;
    this.#isInStep = false;
  }

  /** Clocks `into.length` bytes out. */
  read(into: Uint8Array): void {
    const now = this.#options.nowMicros();
    const idle = now - this.#lastReadMicros;
    this.#lastReadMicros = now;
    if (idle > resyncIdleMicros) this.#resync(now);
    const stall = this.#options.faults.strike("stall");
    if (stall !== null || now < this.#startedAtMicros) {
      into.fill(stall === null ? this.#idleLevel : (stall.level ?? 0xff));
      return;
    }
    if (this.#position > 0 && now - this.#packetOpenedMicros > packetTimeMaxMicros) this.loseStep();
    const ready = this.#readySegment(now);
    if (this.#isInStep && ready - this.#segment >= this.#options.segmentsKept) this.loseStep();
    this.#clockOut(into, { now, ready });
  }

  #readySegment(now: number): number {
    return Math.floor((now - this.#startedAtMicros) / segmentPeriodMicros);
  }

  #resync(now: number): void {
    this.counts.resyncs += 1;
    this.#options.faults.cure("resync");
    this.#position = 0;
    this.#packetNumber = 0;
    this.#isInStep = true;
    this.#struckSegment = -1;
    this.#segment = now < this.#startedAtMicros ? 0 : this.#readySegment(now) + 1;
  }

  #clockOut(into: Uint8Array, at: { readonly now: number; readonly ready: number }): void {
    const packet = this.#packet;
    let filled = 0;
    while (filled < into.length) {
      if (this.#position === 0) this.#openPacket(at);
      const count = Math.min(vospiPacketBytes - this.#position, into.length - filled);
      for (let i = 0; i < count; i += 1) into[filled + i] = packet[this.#position + i]!;
      filled += count;
      this.#position += count;
      if (this.#position === vospiPacketBytes) this.#closePacket();
    }
  }

  #openPacket({ now, ready }: { readonly now: number; readonly ready: number }): void {
    this.#packetOpenedMicros = now;
    const { faults } = this.#options;
    this.#isDiscard = !this.#isInStep || this.#segment > ready || faults.strike("discards") !== null;
    if (this.#isDiscard) {
      this.counts.discardPackets += 1;
      fillDiscardPacket(this.#packet, this.counts.discardPackets);
      return;
    }
    this.#loadPacket();
    const slip = faults.active("byte-slip");
    if (slip === null) return;
    // A slip is one event: the bytes are gone, and no more go.
    this.#position = slip.bytes ?? 1;
    faults.end("byte-slip");
  }

  #closePacket(): void {
    this.#position = 0;
    if (this.#isDiscard) return;
    this.#packetNumber += 1;
    if (this.#packetNumber < this.#options.source.packetsPerSegment) return;
    this.counts.segments += 1;
    this.#packetNumber = 0;
    this.#segment += 1;
  }

  #loadPacket(): void {
    const { source } = this.#options;
    const place = this.#segment % segmentsPerCycle;
    // A host that comes in the middle of a picture cannot use what is left of it: none is taken for its sake.
    if (place === 0 && this.#packetNumber === 0) source.beginFrame(this.#segment / segmentsPerCycle);
    const bytes = source.framePackets;
    if (this.#struckSegment !== this.#segment) this.#strikeSegment(place);
    const strokes = this.#strokes;
    const wanted = orderedPacket(this.#packetNumber, strokes);
    // What an invalid segment carries is nothing to rely on; here it is the picture once more.
    const first = (place % segmentsPerFrame) * source.packetsPerSegment;
    const from = (first + wanted) * vospiPacketBytes;
    const packet = this.#packet;
    for (let i = 0; i < vospiPacketBytes; i += 1) packet[i] = bytes[from + i]!;
    if (wanted === segmentNumberPacket) packet[0] = (packet[0]! & 0x0f) | (strokes.number << 4);
    if (this.#packetNumber === strokes.wrongCrc) packet[vospiPacketBytes >> 1]! ^= 0x10;
  }

  /** Which faults this segment suffers, decided once for it. Invalid ones are spared: nobody would notice. */
  #strikeSegment(place: number): void {
    this.#struckSegment = this.#segment;
    const strokes = this.#strokes;
    const { faults } = this.#options;
    const isValid = place < segmentsPerFrame;
    strokes.number = isValid ? place + 1 : 0;
    strokes.wrongCrc = noPacket;
    strokes.duplicated = noPacket;
    strokes.swapped = noPacket;
    if (!isValid) return;
    const wrong = faults.strike("wrong-segment-number");
    if (wrong !== null) strokes.number = (wrong.number ?? (strokes.number % segmentsPerFrame) + 1) & 0b111;
    if (faults.strike("segment-zero") !== null) strokes.number = 0;
    strokes.wrongCrc = faultyPacket(faults.strike("crc-error"));
    strokes.duplicated = faultyPacket(faults.strike("duplicated-packet"));
    strokes.swapped = faultyPacket(faults.strike("swapped-packets"));
  }
}

/** The packet that comes at place `number`. */
function orderedPacket(number: number, strokes: SegmentStrokes): number {
  if (number === strokes.duplicated && number > 0) return number - 1;
  if (number === strokes.swapped) return number + 1;
  return number === strokes.swapped + 1 && strokes.swapped !== noPacket ? number - 1 : number;
}

function faultyPacket(fault: { readonly packet?: number } | null): number {
  return fault === null ? noPacket : (fault.packet ?? faultyPacketDefault);
}
