/** A pixel of the picture, counted from the top left. */
export interface ProbePoint {
  readonly x: number;
  readonly y: number;
}

/**
 * Where a key moves the probe: the arrow keys by `step` and never over the border, Home to the hottest pixel; from the
 * middle when there is no probe yet. Null for a key that moves nothing.
 */
export function movedProbe(
  from: ProbePoint | null,
  move: {
    readonly key: string;
    readonly step: number;
    readonly frame: { readonly width: number; readonly height: number };
    readonly hottest: ProbePoint | null;
  },
): ProbePoint | null {
  const { key, step, frame, hottest } = move;
  if (key === "Home") return hottest === null ? null : { x: Math.round(hottest.x), y: Math.round(hottest.y) };
  const direction = directions[key];
  if (direction === undefined) return null;
  if (from === null) return { x: frame.width >> 1, y: frame.height >> 1 };
  return {
    x: Math.max(0, Math.min(frame.width - 1, from.x + direction[0] * step)),
    y: Math.max(0, Math.min(frame.height - 1, from.y + direction[1] * step)),
  };
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
