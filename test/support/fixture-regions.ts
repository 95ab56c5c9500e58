import { rectangleOutline } from "#core/regions/outline.ts";
import type { RegionsMessage } from "#wire/device-messages.ts";

const day = 24 * 60;

/** A mask over the window, a hot zone on the radiator that the mask's edge reaches, and a proposal where a fire would be. */
export const fixtureRegions: RegionsMessage = {
  v: 1,
  atMicros: 1,
  regions: [
    {
      kind: "mask",
      name: "window",
      outline: rectangleOutline({ left: 20, top: 14, width: 42, height: 56 }),
      schedule: null,
    },
    {
      kind: "hot-zone",
      name: "stove",
      outline: rectangleOutline({ left: 22, top: 64, width: 40, height: 24 }),
      schedule: [0, 1, 2, 3, 4].map((n) => ({ fromMinute: n * day + 11 * 60, toMinute: n * day + 14 * 60 })),
      accepted: { peakCelsius: 140, areaPixels: 60, by: "Ada", atMicros: 1_795_737_600_000_000 },
    },
  ],
  blindedShare: (42 * 56) / (160 * 120),
  proposals: [
    {
      id: "112,64 144,64 144,112 112,112",
      outline: rectangleOutline({ left: 112, top: 64, width: 32, height: 48 }),
      schedule: [5, 6].map((n) => ({ fromMinute: n * day + 17 * 60, toMinute: n * day + 19 * 60 })),
      peakCelsius: 127.6,
      areaPixels: 212.2,
      hotSeconds: 5_400,
    },
  ],
};
