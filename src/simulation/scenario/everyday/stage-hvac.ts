import { slowWave } from "../../scene/everyday/slow-wave.ts";
import { SupplyAir } from "../../scene/everyday/supply-air.ts";
import type { RoomBox } from "../../scene/room-layout.ts";
import type { EpisodeLot } from "../scenario.ts";
import { wallPanel } from "./wall-panel.ts";

/** Facts 4.8: a supply grille reads −5 to 50 °C, cyclic. */
const hotCelsius = [32, 50] as const;
const coldCelsius = [-5, 14] as const;
/** From a unit that mostly recirculates the room's air to one that brings outdoor air alone (assumed). */
const outdoorShare = [0.1, 1] as const;

/** Puts a supply grille high on a wall in view, or in reach of the eye where the ceiling is out of view. */
export function stageHvac(
  lot: EpisodeLot,
  air: "hot" | "cold",
): { readonly boxes: readonly RoomBox[]; readonly things: readonly [SupplyAir] } {
  const random = lot.random("hvac");
  const { insideCelsius } = lot.climate;
  const places = lot.room.wallPlaces;
  const on = places[random.integer(places.length)]!;
  const low = Math.min(lot.room.space.height - 0.5, random.between(1.2, 2.3));
  const grille = wallPanel(on, {
    name: "supply-grille",
    look: { celsius: insideCelsius, stripes: { kelvin: 0.4, metres: 0.05 } },
    width: random.between(0.35, 0.9),
    low,
    high: low + random.between(0.15, 0.35),
    thick: 0.04,
  });
  const supplyCelsius =
    air === "hot"
      ? Math.max(insideCelsius + 8, random.between(...hotCelsius))
      : Math.min(insideCelsius - 6, random.between(...coldCelsius));
  const gust = (): ((seconds: number) => number) =>
    slowWave(random, { shortestSeconds: 4, longestSeconds: 50 });
  const things = [
    new SupplyAir({
      low: grille.low,
      high: grille.high,
      supplyCelsius,
      roomCelsius: insideCelsius,
      cubicMetresPerSecond: random.between(0.02, 0.12),
      runSeconds: random.between(40, 200),
      restSeconds: random.between(30, 200),
      startPhaseSeconds: random.between(0, 300),
      gusts: [gust(), gust(), gust()],
      outdoorShare: random.between(...outdoorShare),
    }),
  ] as const;
  return { boxes: [grille], things };
}
