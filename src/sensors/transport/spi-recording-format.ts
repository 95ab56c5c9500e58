import { assert, badInput } from "#core/failure.ts";

/**
 * First bytes of a recorded SPI stream, with the format's number. Then one record for each read, little-endian:
 *
 *     u32  microseconds from the beginning of the read before to the beginning of this one (at most 2³²−1)
 *     u32  bits 0–30 length in bytes; bit 31: the same bytes as the read before, which are not repeated
 *     the bytes
 */
export const spiRecordingMagic = new TextEncoder().encode("EWSPI\x00\x00\x01");

/** Most bytes of one read in a recording. */
export const spiRecordBytesMax = 65_536;

/** Most bytes of a recording that is played back: some 100 s of a Lepton. */
export const spiRecordingBytesMax = 256 * 1024 * 1024;

const headBytes = 8;
const sameFlag = 0x8000_0000;
const microsMax = 0xffff_ffff;

/** One read of an SPI chip as it happened. */
export interface SpiRead {
  /** Since the recording began, in microseconds. */
  readonly atMicros: number;
  readonly bytes: Uint8Array;
}

/** Writes reads down, one record each. */
export class SpiRecordEncoder {
  #previous: Uint8Array | null = null;
  #previousAtMicros = 0;

  /** The record of a read; `atMicros` counts from the beginning of the recording and never goes back. */
  encode({ atMicros, bytes }: SpiRead): Uint8Array<ArrayBuffer> {
    assert(bytes.length <= spiRecordBytesMax, `at most ${spiRecordBytesMax} bytes are recorded in one read.`);
    const previous = this.#previous;
    const isSame = previous !== null && sameBytes(previous, bytes);
    const record = new Uint8Array(headBytes + (isSame ? 0 : bytes.length));
    const view = new DataView(record.buffer);
    const elapsedMicros = Math.round(atMicros - this.#previousAtMicros);
    view.setUint32(0, Math.min(Math.max(elapsedMicros, 0), microsMax), true);
    view.setUint32(4, (isSame ? sameFlag : 0) + bytes.length, true);
    if (!isSame) record.set(bytes, headBytes);
    this.#previousAtMicros = atMicros;
    this.#previous = isSame ? previous : bytes.slice();
    return record;
  }
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

/** Bytes with the name that complaints about them use. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The reads of a recording. Throws `Failure` ("input") where it is none, is damaged or ends too early. */
export function parseSpiRecording({ name, bytes }: NamedBytes): readonly SpiRead[] {
  if (!sameBytes(bytes.subarray(0, spiRecordingMagic.length), spiRecordingMagic)) {
    throw badInput("not-an-spi-recording", `${name} is no SPI recording of format 1: record it anew.`);
  }
  if (bytes.length > spiRecordingBytesMax) {
    throw badInput("recording-too-long", `${name} has more than ${spiRecordingBytesMax} bytes: record less.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reads: SpiRead[] = [];
  let at = spiRecordingMagic.length;
  let atMicros = 0;
  while (at < bytes.length) {
    const head = at + headBytes <= bytes.length ? view.getUint32(at + 4, true) : sameFlag;
    const isSame = head >= sameFlag;
    const length = head % sameFlag;
    const previous = reads.at(-1)?.bytes;
    const end = at + headBytes + (isSame ? 0 : length);
    const fits = isSame ? previous?.length === length : length <= spiRecordBytesMax;
    if (!fits || end > bytes.length) {
      const text = `${name} is damaged or cut off at byte ${at}, after ${reads.length} reads: restore it from its source.`;
      throw badInput("damaged-spi-recording", text);
    }
    atMicros += view.getUint32(at, true);
    reads.push({ atMicros, bytes: isSame && previous ? previous : bytes.subarray(at + headBytes, end) });
    at = end;
  }
  return reads;
}
