import { microsPerSecond } from "#core/time.ts";

/** Rate of unique pictures of a Lepton 3.5 (data sheet 18-0541). */
const leptonPicturesPerSecond = 8.7;

/** Time of the picture with this number in a file without time stamps: 8.7 pictures a second from 0. */
export function nominalAtMicros(index: number): number {
  return Math.round((index * microsPerSecond) / leptonPicturesPerSecond);
}
