import { PassThrough } from "node:stream";
import { Output } from "#cli/output.ts";

/** An output that nobody reads. */
export function quietOutput(): Output {
  return new Output(new PassThrough(), new PassThrough());
}
