import { createGunzip } from "node:zlib";
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

const chunkBytes = 64 * 1024;

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
  const chunks: Uint8Array[] = [];
  let total = 0;
  const problem = await new Promise<GzipProblem | "too-large" | null>((resolve) => {
    const gunzip = createGunzip({ chunkSize: chunkBytes });
    gunzip.on("data", (chunk: Uint8Array) => {
      total += chunk.length;
      chunks.push(chunk);
      if (total <= options.bytesMax) return;
      gunzip.destroy();
      resolve("too-large");
    });
    gunzip.on("end", () => resolve(null));
    gunzip.on("error", (error) => resolve(problemOf(error)));
    gunzip.end(options.bytes);
  });
  if (problem === "too-large")
    throw badInput(
      "recording-too-large",
      `${options.path} unpacks to more than ${options.bytesMax} bytes: split it into shorter recordings.`,
    );
  const statedBytes = problem === "corrupt" ? statedSize(options.bytes, total) : null;
  return { content: joined(chunks, total), problem, statedBytes };
}

function problemOf(error: Error): GzipProblem {
  if (error.message === "unexpected end of file") return "truncated";
  return /incorrect (data|length) check/.test(error.message) ? "checksum" : "corrupt";
}

/** The last four bytes of a gzip file say how large its content is (RFC 1952, ISIZE). */
function statedSize(bytes: Uint8Array, unpacked: number): number | null {
  if (bytes.length < 18) return null;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true);
  return size >= unpacked ? size : null;
}

function joined(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
