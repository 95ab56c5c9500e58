import type { Clock } from "#core/time.ts";
import type { SpiLink } from "../transport/spi-link.ts";
import { FrameAssembler, type TelemetryPlace, type VospiFrame } from "./frame-assembler.ts";
import { type PacketOutcome, SegmentAssembler } from "./segment-assembler.ts";
import { type VospiCounters, zeroVospiCounters } from "./vospi-counters.ts";
import { packetBytes } from "./vospi-crc.ts";
import { packetsPerSegment } from "./vospi-packet.ts";
import {
  badPacketsInARowMax,
  damagedSegmentsInARowMax,
  frameGapMaxMs,
  nextSegmentAfterMs,
  notReadyDelayMs,
  packetGapMaxMs,
  resyncsWithoutFrameMax,
  segmentGapMaxMs,
  segmentPeriodMs,
  segmentReadMaxMs,
  syncIdleMs,
} from "./vospi-timing.ts";

/** Packets in one exchange: what Linux's SPI driver takes by default (4,096 bytes). */
const packetsPerReadMax = 24;

/** Packets read in one call: two segments. A camera that has more ready is out of step anyway. */
const packetsPerCallMax = 122;

/** While paused, the reader looks this often whether it may go on. */
const pausedDelayMs = 20;

/** What a reader works with. */
export interface VospiReaderOptions {
  readonly spi: SpiLink;
  readonly clock: Pick<Clock, "monotonicMs">;
  readonly telemetryPlace: TelemetryPlace;
  /** A whole picture; its arrays belong to the receiver. */
  readonly onFrame: (frame: VospiFrame) => void;
  /** Beginning anew does not help. The reader leaves the bus alone until `resume`. */
  readonly onSyncLost: () => void;
}

/**
 * Reads the video of a Lepton 3.x: pulls what is due, keeps in step with the camera and, when it falls out of step,
 * holds chip select off until the camera begins anew. Never awaits and allocates nothing per packet, so that it can run
 * in a thread of its own. It begins paused.
 */
export class VospiReader {
  readonly counters: VospiCounters = zeroVospiCounters();
  readonly #options: VospiReaderOptions;
  readonly #segment: SegmentAssembler;
  readonly #frame: FrameAssembler;
  readonly #bytes = new Uint8Array(packetsPerReadMax * packetBytes);
  /** The first 1, 2, … packets of the buffer, made once. */
  readonly #views: readonly Uint8Array[];
  /** Reused for every segment, so that it is no garbage. */
  readonly #whole: { number: number; words: Uint16Array };
  #isPaused = true;
  #idleUntilMs: number;
  #frameDueByMs = 0;
  #packetDueByMs = Number.POSITIVE_INFINITY;
  #segmentBeganAtMs = 0;
  #nextReadAtMs = 0;
  #segmentEndedAtMs = 0;
  #resyncsWithoutFrame = 0;
  #badPacketsInARow = 0;
  #damagedInARow = 0;
  #isMisordered = false;

  constructor(options: VospiReaderOptions) {
    this.#options = options;
    this.#segment = new SegmentAssembler({
      telemetry: options.telemetryPlace === "none" ? "without" : "with",
    });
    this.#frame = new FrameAssembler(options.telemetryPlace);
    this.#whole = { number: 0, words: this.#segment.words };
    this.#idleUntilMs = options.clock.monotonicMs() + syncIdleMs;
    this.#views = Array.from({ length: packetsPerReadMax }, (_, i) =>
      this.#bytes.subarray(0, (i + 1) * packetBytes),
    );
  }

  /** Leaves the bus alone until `resume`. */
  pause(): void {
    this.#isPaused = true;
    this.#idleUntilMs = this.#options.clock.monotonicMs() + syncIdleMs;
  }

  /** Begins anew and expects a picture within `frameWithinMs`; when none comes, `onSyncLost` is told at once. */
  resume({ frameWithinMs }: { readonly frameWithinMs: number }): void {
    this.#resyncsWithoutFrame = resyncsWithoutFrameMax;
    this.#isPaused = false;
    const fromMs = Math.max(this.#idleUntilMs, this.#options.clock.monotonicMs());
    this.#beginAnew(fromMs, frameWithinMs);
  }

  /** Reads what is due and returns after how many milliseconds to call again. Throws `TransportFailure`. */
  readDue(): number {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#isPaused) return pausedDelayMs;
    if (nowMs < this.#idleUntilMs) return this.#idleUntilMs - nowMs;
    if (nowMs >= Math.min(this.#frameDueByMs, this.#packetDueByMs)) this.#loseSync();
    else this.#readPackets();
    return this.#delayMs();
  }

  #delayMs(): number {
    if (this.#isPaused) return pausedDelayMs;
    const nowMs = this.#options.clock.monotonicMs();
    if (nowMs < this.#idleUntilMs) return this.#idleUntilMs - nowMs;
    if (this.#segment.isWithin) return notReadyDelayMs;
    return Math.max(notReadyDelayMs, this.#nextReadAtMs - nowMs);
  }

  #readPackets(): void {
    const segment = this.#segment;
    for (let read = 0; read < packetsPerCallMax; ) {
      const count = segment.isWithin ? Math.min(segment.missing, packetsPerReadMax) : 1;
      if (!segment.isWithin) this.#segmentBeganAtMs = this.#options.clock.monotonicMs();
      this.#options.spi.read(this.#views[count - 1]!);
      read += count;
      const isMoreReady = this.#takePackets(count);
      if (this.#badPacketsInARow >= badPacketsInARowMax || this.#damagedInARow >= damagedSegmentsInARowMax) {
        this.#loseSync();
        return;
      }
      if (!isMoreReady) return;
    }
  }

  /** Takes what was read; false when the camera has nothing more for now. */
  #takePackets(count: number): boolean {
    let outcome: PacketOutcome = "discard";
    let hasEnded = false;
    for (let i = 0; i < count; i += 1) {
      outcome = this.#segment.take(this.#bytes, i * packetBytes);
      this.#count(outcome);
      if (outcome !== "complete" && outcome !== "damaged") continue;
      hasEnded = true;
      this.#endSegment(outcome);
    }
    if (outcome === "discard") {
      // Nothing is ready: whoever was behind has caught up.
      this.#nextReadAtMs = this.#options.clock.monotonicMs();
      return false;
    }
    return !hasEnded || this.#nextReadAtMs <= this.#options.clock.monotonicMs();
  }

  #count(outcome: PacketOutcome): void {
    const { counters } = this;
    if (outcome === "discard") {
      counters.discards += 1;
      return;
    }
    if (outcome === "crc-error") {
      counters.crcErrors += 1;
      this.#badPacketsInARow += 1;
      return;
    }
    counters.packets += 1;
    this.#packetDueByMs = this.#segmentBeganAtMs + packetGapMaxMs;
    if (outcome === "misplaced") {
      counters.misplacedPackets += 1;
      this.#isMisordered = true;
      this.#badPacketsInARow += 1;
      return;
    }
    if (outcome === "repeated") counters.repeatedPackets += 1;
    this.#badPacketsInARow = 0;
    if (outcome === "restarted") this.#restartSegment();
  }

  /**
   * When to look for the next segment, after one that was looked for at `dueMs`. A host that is late by a whole period
   * goes on at once: a source that keeps segments has the next one ready, and from a camera nothing more is lost.
   */
  #nextReadAfter(dueMs: number): number {
    const isBehind = this.#segmentBeganAtMs - dueMs > segmentPeriodMs;
    return isBehind ? dueMs + segmentPeriodMs : this.#segmentBeganAtMs + nextSegmentAfterMs;
  }

  #restartSegment(): void {
    const { counters } = this;
    counters.cutShortSegments += 1;
    if (this.#segment.cutAt === packetsPerSegment) counters.segmentsWithoutTelemetry += 1;
    this.#segmentBeganAtMs = this.#options.clock.monotonicMs();
    this.#damagedInARow += 1;
    this.#giveUpFrame();
  }

  #endSegment(outcome: "complete" | "damaged"): void {
    const { counters } = this;
    const nowMs = this.#options.clock.monotonicMs();
    const gapMs = nowMs - this.#segmentEndedAtMs;
    this.#segmentEndedAtMs = nowMs;
    this.#nextReadAtMs = this.#nextReadAfter(this.#nextReadAtMs);
    const isLate = nowMs - this.#segmentBeganAtMs > segmentReadMaxMs;
    if (isLate) counters.lateSegments += 1;
    if (outcome === "damaged" || isLate) {
      counters.damagedSegments += 1;
      // Wrong bits alone are no sign of being out of step.
      if (this.#isMisordered || isLate) this.#damagedInARow += 1;
      this.#isMisordered = false;
      this.#giveUpFrame();
      return;
    }
    this.#damagedInARow = 0;
    counters.segments += 1;
    if (gapMs > segmentGapMaxMs) this.#giveUpFrame();
    this.#addSegment(nowMs);
  }

  #addSegment(nowMs: number): void {
    const { counters } = this;
    const wasWithin = this.#frame.isWithin;
    this.#whole.number = this.#segment.number;
    const outcome = this.#frame.take(this.#whole);
    if (outcome === "invalid") counters.invalidSegments += 1;
    if (outcome === "out-of-turn") counters.outOfTurnSegments += 1;
    if (wasWithin && (outcome === "invalid" || outcome === "out-of-turn")) counters.lostFrames += 1;
    if (outcome === "no-telemetry") counters.framesWithoutTelemetry += 1;
    if (outcome !== "complete") return;
    counters.frames += 1;
    this.#resyncsWithoutFrame = 0;
    this.#frameDueByMs = nowMs + frameGapMaxMs;
    this.#options.onFrame(this.#frame.frame());
  }

  #giveUpFrame(): void {
    if (this.#frame.isWithin) this.counters.lostFrames += 1;
    this.#frame.reset();
  }

  #loseSync(): void {
    if (this.#resyncsWithoutFrame < resyncsWithoutFrameMax) {
      this.#resyncsWithoutFrame += 1;
      this.#beginAnew(this.#options.clock.monotonicMs() + syncIdleMs, frameGapMaxMs);
      return;
    }
    this.pause();
    this.#options.onSyncLost();
  }

  #beginAnew(fromMs: number, frameWithinMs: number): void {
    this.counters.resyncs += 1;
    this.#giveUpFrame();
    this.#segment.reset();
    this.#badPacketsInARow = 0;
    this.#damagedInARow = 0;
    this.#isMisordered = false;
    this.#idleUntilMs = fromMs;
    this.#frameDueByMs = fromMs + frameWithinMs;
    this.#packetDueByMs = Number.POSITIVE_INFINITY;
  }
}
