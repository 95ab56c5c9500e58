/** A new segment is ready this often, in milliseconds: 4 · 26.5 a second (Lepton engineering data sheet Rev 200). */
export const segmentPeriodMs = 9.43;

/** Three line periods: the camera gives a packet up when it is not clocked out within this time (same data sheet). */
const threeLinesMs = 1.5;

/** A segment that took longer than this from its first packet to its last may have the next one in it. */
export const segmentReadMaxMs = segmentPeriodMs + threeLinesMs;

/** Within a picture the next segment ends at most this long after the one before: three periods. */
export const segmentGapMaxMs = 3 * segmentPeriodMs;

/** After a segment began, the next one is looked for from this moment on: a little before it can be ready. */
export const nextSegmentAfterMs = segmentPeriodMs - threeLinesMs;

/** While nothing is ready, the camera is asked again after this time. */
export const notReadyDelayMs = 1;

/**
 * Chip select is held off this long to begin anew. The data sheet wants more than 185 ms (five frame periods); drivers
 * in the field take 200 to 300.
 */
export const syncIdleMs = 250;

/** A camera in step has a packet ready every 9.43 ms: after this much silence it is not in step any more. */
export const packetGapMaxMs = 100;

/** A camera in step has a picture ready every 113 ms: after this time without one it is taken to be out of step. */
export const frameGapMaxMs = 500;

/** Bad packets in a row that show that the bytes have slipped; a single one costs its picture only. */
export const badPacketsInARowMax = 8;

/** Segments in a row with packets missing that show that the camera is out of step. */
export const damagedSegmentsInARowMax = 3;

/** Times the reader begins anew by itself, without a picture in between, before it asks its owner for more. */
export const resyncsWithoutFrameMax = 2;
