import type { AirSample } from "#core/frames/air-sample.ts";
import type { Clock } from "#core/time.ts";
import type { Sen66Air } from "./emulated-sen66-core.ts";
import type { SensirionAirSource } from "./emulated-sensirion-air.ts";
import type { Sfa30Air } from "./emulated-sfa30.ts";
import type { Sgp41Air } from "./emulated-sgp41-hotplate.ts";

/** Everything any emulated Sensirion chip can measure. */
export type RoomAirForChips = Sen66Air & Sgp41Air & Sfa30Air;

/**
 * Air of an ordinary clean room for what rooms do not tell: particles, vapours, oxides of nitrogen,
 * formaldehyde. It never changes, whatever burns.
 */
const cleanAir = {
  massMicrograms: [4, 6, 7, 8],
  perCubicCentimetre: [28, 33, 34, 34, 34],
  typicalSizeMicrometres: 0.5,
  vocIndex: 100,
  noxIndex: 1,
  vocTicks: 30_000,
  noxTicks: 15_000,
  vocPpb: 0,
  noxPpb: 0,
  formaldehydePpb: 15,
} as const;

/** A room whose air is measured, at times that only go forward. */
export interface MeasuredRoom {
  airAt(atMicros: number): AirSample;
}

/**
 * The air of an emulated room for emulated chips: CO2, temperature and humidity as its sensor has them, with lag, bias
 * and noise. A room goes only forwards and is shared with the camera, so that a reading which fell due a moment ago is
 * taken of the room as it is now.
 */
export function airSourceOfRoom(options: {
  readonly room: MeasuredRoom;
  readonly clock: Clock;
}): SensirionAirSource<RoomAirForChips> {
  return () => ({ ...cleanAir, ...options.room.airAt(options.clock.nowMicros()) });
}
