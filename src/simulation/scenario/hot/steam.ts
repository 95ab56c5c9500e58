import { drawOnTimes } from "../../scene/hot/on-times.ts";
import { SteamVent } from "../../scene/hot/steam-vent.ts";
import { roomTemplates } from "../rooms/room-templates.ts";
import type { Scenario } from "../scenario.ts";
import { standingSpot } from "./hot-spot.ts";
import { hotStaging } from "./hot-staging.ts";

/** Steam from a valve, a dishwasher, an autoclave. */
export const steam: Scenario = {
  name: "steam",
  family: "steam",
  kind: "nuisance",
  shows: "none",
  title: "Steam comes out in bursts and hides what is behind it.",
  source:
    "Facts §4.8: masks the scene, appears at 30 to 80 °C, turbulent, growing, short [M]; amounts assumed.",
  isHotProcess: false,
  rooms: [
    roomTemplates.kitchen,
    roomTemplates.canteen,
    roomTemplates.workshop,
    roomTemplates.hall,
    roomTemplates.warehouse,
  ],
  shortestSeconds: 90,
  longestSeconds: 360,
  stage(lot) {
    const random = lot.random("steam");
    const isJet = random.uniform() < 0.45;
    const height = random.between(0.35, 1);
    const standing = { name: "steam-source", halfWidth: 0.28, halfDepth: 0.28, height };
    const spot = standingSpot(lot, random, { standing, between: [2, 12] });
    const tilt = isJet ? random.between(0.3, 1.2) : random.between(-0.15, 0.15);
    const side = random.uniform() < 0.5 ? -1 : 1;
    const mouthMetres = isJet ? random.between(0.02, 0.08) : random.between(0.15, 0.5);
    const vent = new SteamVent({
      place: { ...spot.place, y: spot.place.y + 0.02, z: spot.place.z - 0.2 },
      direction: { x: side * Math.sin(tilt), y: Math.cos(tilt), z: 0 },
      steam: {
        mouthMetres,
        lengthMetres: isJet ? random.between(0.6, 2) : random.between(0.6, 1.6),
        spread: isJet ? random.between(0.08, 0.15) : random.between(0.15, 0.28),
        metresPerSecond: isJet ? random.between(1.5, 5) : random.between(0.4, 1),
        mouthCelsius: random.between(45, 80),
        absorptionPerMetre: isJet ? random.between(4, 20) : random.between(0.8, 4),
      },
      bursts: drawOnTimes(random, {
        seconds: lot.seconds,
        onSeconds: [2, 45],
        offSeconds: [10, 120],
        alreadyOnShare: 0.1,
      }),
      waterKilogramsPerSecond: random.between(2e-4, 3e-3),
      ambientCelsius: lot.climate.insideCelsius,
      random,
    });
    return hotStaging({ spot, things: [vent], hotPlaces: [] });
  },
};
