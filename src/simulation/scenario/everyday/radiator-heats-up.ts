import { WarmedBox } from "../../scene/everyday/warmed-box.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { nothingBurns } from "./nothing-burns.ts";
import { wallPanel } from "./wall-panel.ts";

/** Facts 4.8: 40 to 75 °C. */
const hotCelsius = [40, 75] as const;
/** Water reaches the far end last (assumed). */
const crossingSeconds = [20, 90] as const;
const steelSeconds = [100, 400] as const;

/** A radiator is turned on: warm from the inlet and the top, the wall above follows. */
export const radiatorHeatsUp: Scenario = {
  name: "radiator-heats-up",
  family: "radiator",
  kind: "nuisance",
  shows: "none",
  title: "A radiator is turned on and warms from one end to the other.",
  source: "Facts 4.8: 40 to 75 °C, fixed, over minutes to hours.",
  isHotProcess: false,
  rooms: [
    roomTemplates.office,
    roomTemplates.livingRoom,
    roomTemplates.kitchen,
    roomTemplates.corridor,
    roomTemplates.canteen,
    roomTemplates.workshop,
  ],
  shortestSeconds: 180,
  longestSeconds: 420,
  stage(lot) {
    const random = lot.random("radiator");
    const { insideCelsius } = lot.climate;
    const on = lot.room.wallPlaces[random.integer(lot.room.wallPlaces.length)]!;
    const size = { width: random.between(0.6, 1.6), low: 0.15, high: random.between(0.6, 0.95) };
    const look = { celsius: insideCelsius, stripes: { kelvin: 0.2, metres: 0.09 } };
    const panel = wallPanel(on, { name: "radiator-panel", look, ...size, thick: 0.1 });
    const wall = wallPanel(on, {
      name: "wall-above",
      look: { celsius: insideCelsius - 0.2 },
      width: size.width,
      low: size.high,
      high: size.high + 0.5,
      thick: 0.015,
    });
    const full = random.between(...hotCelsius) - insideCelsius;
    const onAtSeconds = random.between(-120, 0.5 * lot.seconds);
    const crossing = random.between(...crossingSeconds);
    const steel = random.between(...steelSeconds);
    const along = on.facing.x === 0 ? "acrossX" : "acrossZ";
    const risen = (seconds: number): number => (seconds > 0 ? -Math.expm1(-seconds / steel) : 0);
    const convectionKilowatts = 0.9 * size.width * (full / 50);
    const things = [
      new WarmedBox({
        ...panel,
        kelvinAt: (seconds, share) =>
          full *
          (0.85 + 0.15 * share.up) *
          risen(seconds - onAtSeconds - crossing * (share[along] + 0.3 * (1 - share.up))),
        releaseAt: (seconds) => ({
          place: on.place,
          diameterMetres: size.width,
          heatKilowatts: convectionKilowatts * risen(seconds - onAtSeconds - crossing / 2),
          radiativeFraction: 0.3,
          co2KilogramsPerSecond: 0,
          coKilogramsPerSecond: 0,
          sootKilogramsPerSecond: 0,
          waterKilogramsPerSecond: 0,
        }),
      }),
      new WarmedBox({
        ...wall,
        kelvinAt: (seconds, share) =>
          0.2 * full * (1 - share.up) * risen(seconds - onAtSeconds - crossing - 40),
      }),
    ];
    return nothingBurns({ boxes: [panel, wall], things });
  },
};
