import type { RoomTemplate } from "#simulation/scenario/staged-room.ts";
import { officeSpace } from "./office-space.ts";

/** An office as a room for tests, always the same. */
export const plainOffice: RoomTemplate = {
  name: "plain-office",
  title: "An office of 60 m³ with two desks.",
  draw(_random, _climate) {
    return {
      name: "plain-office",
      space: officeSpace,
      surfaces: [
        {
          kind: "desk",
          place: { x: -1.05, y: 0.74, z: 4 },
          halfWidthMetres: 0.7,
          halfDepthMetres: 0.3,
        },
      ],
      wallPlaces: [{ place: { x: -1.8, y: 1, z: 5.2 }, facing: { x: 0, y: 0, z: -1 } }],
      farthestMetres: 5,
      floorPlace: (distanceMetres, random) => ({
        x: random.between(-0.2, 0.6),
        y: 0,
        z: Math.max(2.4, Math.min(3.6, distanceMetres)),
      }),
    };
  },
};
