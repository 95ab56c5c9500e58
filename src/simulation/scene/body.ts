import type { Picture } from "./picture.ts";
import type { PinholeCamera, Point } from "./pinhole-camera.ts";

/** Where a person is and how they hold themselves at one moment. */
export interface Posture {
  /** Place on the floor. */
  readonly x: number;
  readonly z: number;
  /** 0 standing upright, 1 sitting. */
  readonly sitting: number;
  /** Phase of the step in radians and how far the legs swing, 0 when standing still. */
  readonly stride: number;
  readonly swing: number;
  /** Small movement of the trunk and head sideways, in metres. */
  readonly lean: number;
  /** How far the hands are raised towards the desk or a cup, 0 to 1. */
  readonly reach: number;
  /** How far bent forward at the hips: 0 upright, 1 with the trunk level. */
  readonly bend?: number;
  /** Which way the person faces, in radians: 0 towards the camera's wall, π/2 to the right, π away from it. */
  readonly heading?: number;
  /** Where in the room the right hand is when it holds something; otherwise it goes with the other. */
  readonly rightHand?: Point;
  /** Height of the feet over the floor, for who sits on a machine. */
  readonly liftMetres?: number;
}

/** What makes one person look different from another. */
export interface Build {
  readonly heightMetres: number;
  /** Apparent temperature of bare skin, of clothing over the trunk, and of trousers. */
  readonly skinCelsius: number;
  readonly clothingCelsius: number;
  readonly trousersCelsius: number;
  readonly foldsPhase: number;
  /** How wide the limbs are, as a share of a grown person's; 1 when left out. */
  readonly girth?: number;
}

/** A limb in room coordinates, radii in metres. */
interface Limb {
  readonly from: Point;
  readonly to: Point;
  readonly fromRadius: number;
  readonly toRadius: number;
  readonly celsius: number;
  /** How much cooler its outline looks, where skin and cloth are seen at a grazing angle. */
  readonly edgeKelvin: number;
  readonly foldsKelvin: number;
  /** Too small to be seen on somebody far away. */
  readonly isFine?: true;
}

/** Somebody shorter than this in the picture is drawn without hands, shoes and neck. */
const smallPixels = 26;

/** A sitting person's head is lower by this share of the standing height. */
export const sittingDrop = 0.24;

/** Draws a person as a dozen warm limbs: head, hair, neck, trunk, arms, hands, legs, shoes. */
export function drawBody(
  picture: Picture,
  person: { readonly camera: PinholeCamera; readonly build: Build; readonly posture: Posture },
): void {
  const { build, posture } = person;
  const stance = stanceOf(build, posture);
  const girth = build.girth ?? 1;
  const middle = person.camera.project({ x: posture.x, y: stance.lift + stance.hipHeight, z: posture.z });
  const isSmall = middle !== null && middle.scale * build.heightMetres < smallPixels;
  // Limbs are made facing the camera's wall, and turned here.
  for (const limb of bodyLimbs(build, atOrigin(posture, stance))) {
    if (isSmall && limb.isFine) continue;
    const from = person.camera.project(placed(limb.from, stance));
    const to = person.camera.project(placed(limb.to, stance));
    if (from === null || to === null) continue;
    picture.drawCapsule({
      fromX: from.x,
      fromY: from.y,
      fromRadius: girth * limb.fromRadius * from.scale,
      toX: to.x,
      toY: to.y,
      toRadius: girth * limb.toRadius * to.scale,
      depth: Math.min(from.depth, to.depth),
      celsius: limb.celsius,
      edgeCelsius: limb.celsius - limb.edgeKelvin,
      foldsKelvin: limb.foldsKelvin,
      foldsPhase: build.foldsPhase,
    });
  }
}

/** Where one of a person's hands is in the room. */
export function handPlace(build: Build, posture: Posture): Point {
  const stance = stanceOf(build, posture);
  return placed(arms(build, atOrigin(posture, stance)).at(-1)!.from, stance);
}

/** How a body made at the origin is bent, turned and put in its place. */
interface Stance {
  readonly x: number;
  readonly lift: number;
  readonly z: number;
  readonly cosHeading: number;
  readonly sinHeading: number;
  readonly hipHeight: number;
  readonly cosBend: number;
  readonly sinBend: number;
}

function stanceOf(build: Build, posture: Posture): Stance {
  const heading = posture.heading ?? 0;
  const bend = ((posture.bend ?? 0) * Math.PI) / 2;
  return {
    x: posture.x,
    lift: posture.liftMetres ?? 0,
    z: posture.z,
    cosHeading: Math.cos(heading),
    sinHeading: Math.sin(heading),
    hipHeight: heightAt(build, posture, 0.5),
    cosBend: Math.cos(bend),
    sinBend: Math.sin(bend),
  };
}

function placed(point: Point, stance: Stance): Point {
  const above = Math.max(0, point.y - stance.hipHeight);
  const y = stance.lift + point.y - above + above * stance.cosBend;
  const forward = point.z - above * stance.sinBend;
  return {
    x: stance.x + point.x * stance.cosHeading - forward * stance.sinHeading,
    y,
    z: stance.z + point.x * stance.sinHeading + forward * stance.cosHeading,
  };
}

/** The same posture as seen by the body itself. */
function atOrigin(posture: Posture, stance: Stance): Posture {
  const { rightHand } = posture;
  const there = { ...posture, x: 0, z: 0 };
  return rightHand === undefined ? there : { ...there, rightHand: unplaced(rightHand, stance) };
}

/** The inverse of `placed`. */
function unplaced(point: Point, stance: Stance): Point {
  const x = point.x - stance.x;
  const z = point.z - stance.z;
  const forward = z * stance.cosHeading - x * stance.sinHeading;
  const y = point.y - stance.lift;
  const above = Math.max(0, y - stance.hipHeight) / Math.max(0.2, stance.cosBend);
  return {
    x: x * stance.cosHeading + z * stance.sinHeading,
    y: above > 0 ? stance.hipHeight + above : y,
    z: forward + above * stance.sinBend,
  };
}

/** The limbs from back to front. */
function bodyLimbs(build: Build, posture: Posture): readonly Limb[] {
  const limbs = [
    ...legs(build, posture),
    ...trunk(build, posture),
    ...arms(build, posture),
    ...head(build, posture),
  ];
  // Seen from behind, the arms and the face come first.
  return Math.cos(posture.heading ?? 0) < 0 ? limbs.reverse() : limbs;
}

function heightAt(build: Build, posture: Posture, share: number): number {
  return build.heightMetres * (share - sittingDrop * posture.sitting);
}

function legs(build: Build, posture: Posture): readonly Limb[] {
  const limbs: Limb[] = [];
  for (const side of [-1, 1]) {
    const swing = side * posture.swing * Math.sin(posture.stride);
    const hip = { x: posture.x + side * 0.09, y: heightAt(build, posture, 0.5), z: posture.z };
    const forward = 0.42 * posture.sitting;
    const knee = {
      x: hip.x,
      y: build.heightMetres * 0.27,
      z: posture.z - forward + 0.5 * swing - 0.3 * Math.abs(swing),
    };
    const foot = { x: hip.x, y: 0.07, z: posture.z - forward + swing };
    const cloth = { celsius: build.trousersCelsius, edgeKelvin: 1.2, foldsKelvin: 0.4 };
    limbs.push({ ...cloth, from: hip, to: knee, fromRadius: 0.085, toRadius: 0.065 });
    limbs.push({ ...cloth, from: knee, to: foot, fromRadius: 0.06, toRadius: 0.045 });
    const shoe = {
      isFine: true as const,
      celsius: build.trousersCelsius - 2.5,
      edgeKelvin: 0.8,
      foldsKelvin: 0,
    };
    limbs.push({
      ...shoe,
      from: foot,
      to: { ...foot, z: foot.z - 0.1, y: 0.05 },
      fromRadius: 0.05,
      toRadius: 0.045,
    });
  }
  return limbs;
}

function trunk(build: Build, posture: Posture): readonly Limb[] {
  const cloth = { celsius: build.clothingCelsius, edgeKelvin: 1.6, foldsKelvin: 0.6 };
  const waist = { x: posture.x, y: heightAt(build, posture, 0.53), z: posture.z };
  const chest = { x: posture.x + 0.6 * posture.lean, y: heightAt(build, posture, 0.75), z: posture.z - 0.02 };
  const nape = { x: posture.x + 0.65 * posture.lean, y: heightAt(build, posture, 0.81), z: chest.z };
  const slopes = [-1, 1].map((side) => ({
    ...cloth,
    isFine: true as const,
    from: nape,
    to: { x: chest.x + side * 0.17, y: heightAt(build, posture, 0.775), z: chest.z },
    fromRadius: 0.055,
    toRadius: 0.065,
  }));
  return [{ ...cloth, from: waist, to: chest, fromRadius: 0.15, toRadius: 0.16 }, ...slopes];
}

function arms(build: Build, posture: Posture): readonly Limb[] {
  const limbs: Limb[] = [];
  for (const side of [-1, 1]) {
    const swing = -0.8 * side * posture.swing * Math.sin(posture.stride);
    const shoulder = {
      x: posture.x + side * 0.2 + 0.6 * posture.lean,
      y: heightAt(build, posture, 0.765),
      z: posture.z - 0.02,
    };
    const held = side === 1 ? posture.rightHand : undefined;
    const freeElbow = {
      x: shoulder.x + side * 0.05,
      y: shoulder.y - 0.155 * build.heightMetres,
      z: posture.z - 0.05 + 0.4 * swing,
    };
    const hand = held ?? {
      x: freeElbow.x - side * 0.12 * posture.reach,
      y: freeElbow.y - 0.145 * build.heightMetres * (1 - posture.reach),
      z: posture.z - 0.08 - 0.25 * posture.reach + 0.9 * swing,
    };
    const elbow = held === undefined ? freeElbow : elbowBetween(shoulder, hand);
    const cloth = { celsius: build.clothingCelsius - 0.5, edgeKelvin: 1.3, foldsKelvin: 0.4 };
    limbs.push({ ...cloth, from: shoulder, to: elbow, fromRadius: 0.06, toRadius: 0.05 });
    limbs.push({ ...cloth, from: elbow, to: hand, fromRadius: 0.045, toRadius: 0.035 });
    const skin = { isFine: true as const, celsius: build.skinCelsius - 1.5, edgeKelvin: 0.8, foldsKelvin: 0 };
    limbs.push({
      ...skin,
      from: hand,
      to: { ...hand, y: hand.y - 0.07 },
      fromRadius: 0.04,
      toRadius: 0.032,
    });
  }
  return limbs;
}

/** An elbow hangs below the line from shoulder to hand and a little to the side. */
function elbowBetween(shoulder: Point, hand: Point): Point {
  return {
    x: (shoulder.x + hand.x) / 2 + 0.08,
    y: (shoulder.y + hand.y) / 2 - 0.12,
    z: (shoulder.z + hand.z) / 2,
  };
}

function head(build: Build, posture: Posture): readonly Limb[] {
  const skin = { celsius: build.skinCelsius, edgeKelvin: 1, foldsKelvin: 0.3 };
  const x = posture.x + posture.lean;
  const neck = { x: posture.x + 0.7 * posture.lean, y: heightAt(build, posture, 0.83), z: posture.z - 0.02 };
  const chin = { x, y: heightAt(build, posture, 0.9), z: posture.z - 0.05 };
  const brow = { x, y: heightAt(build, posture, 0.945), z: posture.z - 0.05 };
  const crown = { x, y: heightAt(build, posture, 0.965), z: posture.z };
  const hair = { celsius: build.skinCelsius - 5.5, edgeKelvin: 1, foldsKelvin: 0.3 };
  return [
    { ...skin, isFine: true, from: neck, to: chin, fromRadius: 0.055, toRadius: 0.055 },
    { ...hair, from: brow, to: crown, fromRadius: 0.095, toRadius: 0.095 },
    { ...skin, from: chin, to: brow, fromRadius: 0.07, toRadius: 0.082 },
  ];
}
