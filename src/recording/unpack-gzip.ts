import { constants, crc32, createInflateRaw } from "node:zlib";
import { badInput } from "#core/failure.ts";

/** What is wrong with a gzip file: cut off, broken inside, or whole but with a checksum that does not match. */
export type GzipProblem = "truncated" | "corrupt" | "checksum";

/** As much of a gzip file as could be unpacked. */
export interface Unpacked {
  readonly content: Uint8Array;
  readonly problem: GzipProblem | null;
  /** How much the whole file unpacks to, in bytes, where the intact end of a broken file tells it; else null. */
  readonly statedBytes: number | null;
}

/** Packed bytes are fed in pieces of this size: what unpacks from the piece with the damage is lost with it. */
const pieceBytes = 4 * 1024;

/** Files of several gzip members in a row are read up to this many. */
const membersMax = 10_000;

/** True when the bytes begin as a gzip file does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks a gzip file up to the first damage. Throws Failure("input", "recording-too-large") when it holds more than
 * `bytesMax`, and nothing else.
 */
export async function unpackGzip(options: {
  readonly bytes: Uint8Array;
  readonly path: string;
  readonly bytesMax: number;
}): Promise<Unpacked> {
  const { bytes } = options;
  const output = new Output(options.bytesMax);
  let problem: GzipProblem | null = null;
  let at = 0;
  for (
    let members = 0;
    members < membersMax && isGzip(bytes.subarray(at)) && problem === null;
    members += 1
  ) {
    const start = headerEnd(bytes, at);
    if (start === null) {
      problem = "truncated";
      break;
    }
    output.beginMember();
    const end = await inflate(bytes.subarray(start), output);
    if (output.isFull)
      throw badInput(
        "recording-too-large",
        `${options.path} unpacks to more than ${options.bytesMax} bytes: split it into shorter recordings.`,
      );
    at = start + end.consumed + trailerBytes;
    problem = end.corrupt ? "corrupt" : trailerProblem(bytes, { at, crc: output.memberCrc });
  }
  const statedBytes = problem === "corrupt" ? statedSize(bytes, output.total) : null;
  return { content: output.joined(), problem, statedBytes };
}

const trailerBytes = 8;

/** Where the deflate stream of a member begins (RFC 1952, section 2.3); null when the header is cut off. */
function headerEnd(bytes: Uint8Array, at: number): number | null {
  const flags = bytes[at + 3] ?? 0;
  let end = at + 10;
  if ((flags & 4) !== 0) end += 2 + (bytes[end] ?? 0) + 256 * (bytes[end + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero < 0) return null;
    end = zero + 1;
  }
  if ((flags & 2) !== 0) end += 2;
  return end <= bytes.length ? end : null;
}

async function inflate(
  bytes: Uint8Array,
  output: Output,
): Promise<{ readonly consumed: number; readonly corrupt: boolean }> {
  const stream = createInflateRaw({ finishFlush: constants.Z_SYNC_FLUSH });
  return new Promise((resolve) => {
    const stop = (corrupt: boolean) => {
      stream.destroy();
      resolve({ consumed: stream.bytesWritten, corrupt });
    };
    stream.on("data", (chunk: Uint8Array) => {
      output.add(chunk);
      if (output.isFull) stop(false);
    });
    stream.on("end", () => stop(false));
    stream.on("error", () => stop(true));
    for (let at = 0; at < bytes.length; at += pieceBytes) stream.write(bytes.subarray(at, at + pieceBytes));
    stream.end();
  });
}

function trailerProblem(
  bytes: Uint8Array,
  member: { readonly at: number; readonly crc: number },
): GzipProblem | null {
  if (member.at > bytes.length) return "truncated";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(member.at - trailerBytes, true) === member.crc ? null : "checksum";
}

/** The last four bytes of a gzip file say how large its content is (RFC 1952, ISIZE). */
function statedSize(bytes: Uint8Array, unpacked: number): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(bytes.length - 4, true);
  return size >= unpacked && size <= bytes.length * deflateRatioMax ? size : null;
}

/** Deflate packs at most 1,032 : 1; a larger stated size is damage too. */
const deflateRatioMax = 1_032;

class Output {
  readonly #bytesMax: number;
  readonly #chunks: Uint8Array[] = [];
  #total = 0;
  #crc = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get total(): number {
    return this.#total;
  }

  get isFull(): boolean {
    return this.#total > this.#bytesMax;
  }

  get memberCrc(): number {
    return this.#crc;
  }

  beginMember(): void {
    this.#crc = 0;
  }

  add(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    this.#total += chunk.length;
    this.#crc = crc32(chunk, this.#crc);
  }

  joined(): Uint8Array {
    const whole = new Uint8Array(this.#total);
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}
