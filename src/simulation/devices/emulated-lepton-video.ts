import { leptonPixels } from "./emulated-lepton-imager.ts";
import { cci, type LeptonSettings } from "./emulated-lepton-settings.ts";
import {
  type LeptonTelemetryState,
  telemetryRowsWords,
  writeLeptonTelemetry,
} from "./emulated-lepton-telemetry.ts";
import { vospiPacketBytes, vospiPayloadWords, writeVospiPacket } from "./emulated-vospi-packet.ts";
import { segmentsPerFrame, type VospiSource } from "./emulated-vospi-stream.ts";

const picturePackets = leptonPixels / vospiPayloadWords;
const telemetryPackets = telemetryRowsWords / vospiPayloadWords;

/** Options of `EmulatedLeptonVideo`. */
export interface LeptonVideoOptions {
  readonly settings: LeptonSettings;
  /** The words of the newest picture: changed by `take`. */
  readonly pixels: Uint16Array;
  /** Takes unique picture `index`, and says what telemetry tells about it. Called once for each, in order. */
  take(index: number): LeptonTelemetryState;
  /** Whether the newest picture is sent once more, telemetry and all, instead of taking another. */
  isRepeating(): boolean;
}

/**
 * Makes packets of pictures: 4 × 60 half rows, or 4 × 61 with telemetry, whose rows A, B, C and a reserved one come
 * before the picture (header) or after it (footer; Lepton engineering data sheet).
 */
export class EmulatedLeptonVideo implements VospiSource {
  readonly #options: LeptonVideoOptions;
  readonly #words = new Uint16Array(leptonPixels + telemetryRowsWords);
  readonly #bytes = new Uint8Array((picturePackets + telemetryPackets) * vospiPacketBytes);
  #telemetry: LeptonTelemetryState | null = null;
  #taken = -1;
  /** Picture and layout that the bytes stand for. */
  #packed = Number.NaN;

  constructor(options: LeptonVideoOptions) {
    this.#options = options;
  }

  get packetsPerSegment(): number {
    return (picturePackets + (this.#hasTelemetry ? telemetryPackets : 0)) / segmentsPerFrame;
  }

  /** Pictures are counted from 0 again. */
  reset(): void {
    this.#taken = -1;
    this.#packed = Number.NaN;
    this.#telemetry = null;
    this.#words.fill(0);
    this.#options.pixels.fill(0);
  }

  beginFrame(index: number): void {
    if (index === this.#taken) return;
    const isFirst = this.#telemetry === null;
    this.#taken = index;
    if (isFirst || !this.#options.isRepeating()) this.#telemetry = this.#options.take(index);
  }

  get framePackets(): Uint8Array {
    const layout = 4 * this.#taken + 2 * Number(this.#hasTelemetry) + Number(this.#isHeader);
    if (layout !== this.#packed) this.#pack();
    this.#packed = layout;
    return this.#bytes;
  }

  get #hasTelemetry(): boolean {
    return this.#options.settings.number(cci.telemetryEnable) === 1;
  }

  get #isHeader(): boolean {
    return this.#options.settings.number(cci.telemetryLocation) === 0;
  }

  #pack(): void {
    const words = this.#words;
    const isHeader = this.#hasTelemetry && this.#isHeader;
    words.set(this.#options.pixels, isHeader ? telemetryRowsWords : 0);
    if (this.#telemetry !== null && this.#hasTelemetry)
      writeLeptonTelemetry(words, isHeader ? 0 : leptonPixels, this.#telemetry);
    const perSegment = this.packetsPerSegment;
    for (let at = 0; at < perSegment * segmentsPerFrame; at += 1) {
      const packet = at % perSegment;
      // Outside of packet 20 these three bits mean nothing; they are set to anything, so that nobody comes to rely on them.
      const number = (packet * 5 + at) & 0b111;
      writeVospiPacket(this.#bytes, at * vospiPacketBytes, {
        number,
        packet,
        words,
        wordOffset: at * vospiPayloadWords,
      });
    }
  }
}
