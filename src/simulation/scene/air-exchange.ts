import type { Point } from "./pinhole-camera.ts";

/** A doorway, gate or window that stands open to air at rest; what flows through it follows from the temperatures. */
export interface RoomOpening {
  readonly kind: "opening";
  readonly widthMetres: number;
  readonly sillMetres: number;
  readonly soffitMetres: number;
  /** Air on the other side, which carries what outdoor air does. */
  readonly outsideCelsius: number;
}

/** Air that a fan blows in. */
export interface AirSupply {
  readonly kind: "supply";
  readonly place: Point;
  /** At its own temperature. */
  readonly cubicMetresPerSecond: number;
  readonly celsius: number;
  /** Share of it that comes from outdoors, 0 to 1; the rest is the room's own air, warmed or cooled. */
  readonly outdoorShare: number;
}

/** Air that a fan draws out. */
export interface AirExhaust {
  readonly kind: "exhaust";
  readonly place: Point;
  readonly cubicMetresPerSecond: number;
}

/** A way in which a room's air is exchanged besides its constant air changes. */
export type AirExchange = RoomOpening | AirSupply | AirExhaust;
