import { TimeCurve } from "./time-curve.ts";

/**
 * Measured heat release of single items in kW, from CFAST's bundled fire file AllFires.in (facts §4.2, [1]). The
 * electrical cabinet is a shape of 1 kW at its peak after NUREG/CR-6850 ([M], recalled): 12 min of t² growth, 8 min
 * level, 19 min of decay.
 */
export const itemCurves = {
  curtains: new TimeCurve([
    [120, 0],
    [150, 50],
    [168, 150],
    [180, 240],
    [210, 200],
    [228, 150],
    [240, 100],
    [294, 50],
    [462, 15],
    [540, 3],
  ]),
  sofa: new TimeCurve([
    [0, 0],
    [100, 136],
    [200, 954],
    [300, 1864],
    [400, 3447],
    [500, 1667],
    [600, 532],
    [700, 539],
    [800, 416],
    [900, 317],
    [1000, 241],
    [1100, 217],
  ]),
  upholsteredChair: new TimeCurve([
    [0, 0],
    [90, 90.5],
    [140, 452.5],
    [200, 2099.6],
    [265, 597],
    [390, 145],
    [540, 145],
    [840, 90.5],
    [1940, 0],
  ]),
  mattress: new TimeCurve([
    [0, 25],
    [400, 100],
    [580, 300],
    [615, 540],
    [760, 300],
    [910, 660],
    [1100, 300],
    [1200, 200],
    [1500, 100],
    [1700, 75],
  ]),
  television: new TimeCurve([
    [150, 3],
    [420, 10],
    [480, 50],
    [600, 150],
    [720, 280],
    [900, 150],
    [1200, 90],
    [1500, 120],
    [1800, 35],
  ]),
  wardrobe: new TimeCurve([
    [60, 250],
    [120, 1050],
    [160, 3500],
    [170, 4500],
    [180, 3500],
    [200, 1400],
    [240, 600],
    [600, 200],
    [900, 150],
  ]),
  electricalCabinet: cabinetShape(),
} as const;

function cabinetShape(): TimeCurve {
  const points: [number, number][] = [];
  for (let i = 0; i <= 24; i += 1) points.push([30 * i, (i / 24) ** 2]);
  points.push([1200, 1], [2340, 0]);
  return new TimeCurve(points);
}
