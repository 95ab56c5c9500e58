import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { nearestDepthMetres, type PinholeCamera, type Point } from "./pinhole-camera.ts";
import type { RoomBox, RoomSpace } from "./room-layout.ts";

/** What each picture point's ray meets, for rays through one place within every point. */
export interface SurfacesMet {
  /** Length along the optical axis in metres. */
  readonly depth: Float32Array;
  /** Index into the room's boxes; −1 for walls, −2 for the floor, −3 for the ceiling. */
  readonly surface: Int16Array;
  /** Normal of the surface: 1, 2, 3 for x, y, z, negative when it faces towards the axis's negative end. */
  readonly facing: Int8Array;
}

/** Codes of the shell in `SurfacesMet.surface`. */
export const wallSurface = -1;
/** Code of the floor. */
export const floorSurface = -2;
/** Code of the ceiling. */
export const ceilingSurface = -3;

/** Makes what `castSurfaces` fills. */
export function newSurfacesMet(): SurfacesMet {
  const count = leptonWidth * leptonHeight;
  return { depth: new Float32Array(count), surface: new Int16Array(count), facing: new Int8Array(count) };
}

/** A pencil of rays: through (dx, dy) pixels off the middle of every picture point. */
export interface RayPencil {
  readonly camera: PinholeCamera;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Finds what every ray meets: the shell first, then each box within the part of the picture that it can cover, so that
 * a room full of furniture costs little more than an empty one.
 */
export function castSurfaces(met: SurfacesMet, space: RoomSpace, pencil: RayPencil): void {
  castShell(met, space, pencil);
  for (let i = 0; i < space.boxes.length; i += 1) castBox(met, { box: space.boxes[i]!, index: i, pencil });
}

function castShell(met: SurfacesMet, space: RoomSpace, { camera, dx, dy }: RayPencil): void {
  const { forward, right, up, focal } = camera;
  const from = camera.position;
  for (let y = 0; y < leptonHeight; y += 1) {
    const down = (y + dy + 0.5 - leptonHeight / 2) / focal;
    for (let x = 0; x < leptonWidth; x += 1) {
      const sideways = (x + dx + 0.5 - leptonWidth / 2) / focal;
      const rayX = forward.x + sideways * right.x - down * up.x;
      const rayY = forward.y + sideways * right.y - down * up.y;
      const rayZ = forward.z + sideways * right.z - down * up.z;
      const atX = ((rayX > 0 ? space.rightX : space.leftX) - from.x) / rayX;
      const atY = ((rayY > 0 ? space.height : 0) - from.y) / rayY;
      const atZ = ((rayZ > 0 ? space.depth : 0) - from.z) / rayZ;
      const i = y * leptonWidth + x;
      if (atY <= atX && atY <= atZ) {
        met.depth[i] = atY;
        met.surface[i] = rayY > 0 ? ceilingSurface : floorSurface;
        met.facing[i] = rayY > 0 ? -2 : 2;
      } else if (atX <= atZ) {
        met.depth[i] = atX;
        met.surface[i] = wallSurface;
        met.facing[i] = rayX > 0 ? -1 : 1;
      } else {
        met.depth[i] = atZ;
        met.surface[i] = wallSurface;
        met.facing[i] = rayZ > 0 ? -3 : 3;
      }
    }
  }
}

/** The part of the picture that a box can cover: first and last column and row. */
interface Cover {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function coverOf(box: RoomBox, camera: PinholeCamera): Cover {
  const cover = { left: leptonWidth, right: -1, top: leptonHeight, bottom: -1 };
  for (let corner = 0; corner < 8; corner += 1) {
    const seen = camera.project({
      x: corner & 1 ? box.high.x : box.low.x,
      y: corner & 2 ? box.high.y : box.low.y,
      z: corner & 4 ? box.high.z : box.low.z,
    });
    // A corner beside or behind the lens: the box may cover anything.
    if (seen === null) return { left: 0, right: leptonWidth - 1, top: 0, bottom: leptonHeight - 1 };
    cover.left = Math.min(cover.left, Math.floor(seen.x));
    cover.right = Math.max(cover.right, Math.ceil(seen.x));
    cover.top = Math.min(cover.top, Math.floor(seen.y));
    cover.bottom = Math.max(cover.bottom, Math.ceil(seen.y));
  }
  return {
    left: Math.max(0, cover.left - 1),
    right: Math.min(leptonWidth - 1, cover.right + 1),
    top: Math.max(0, cover.top - 1),
    bottom: Math.min(leptonHeight - 1, cover.bottom + 1),
  };
}

function castBox(
  met: SurfacesMet,
  which: { readonly box: RoomBox; readonly index: number; readonly pencil: RayPencil },
): void {
  const { camera, dx, dy } = which.pencil;
  const { forward, right, up, focal } = camera;
  const { low, high } = relativeTo(which.box, camera.position);
  const cover = coverOf(which.box, camera);
  for (let y = cover.top; y <= cover.bottom; y += 1) {
    const down = (y + dy + 0.5 - leptonHeight / 2) / focal;
    for (let x = cover.left; x <= cover.right; x += 1) {
      const sideways = (x + dx + 0.5 - leptonWidth / 2) / focal;
      const rayX = forward.x + sideways * right.x - down * up.x;
      const rayY = forward.y + sideways * right.y - down * up.y;
      const rayZ = forward.z + sideways * right.z - down * up.z;
      const enterX = (rayX > 0 ? low.x : high.x) / rayX;
      const enterY = (rayY > 0 ? low.y : high.y) / rayY;
      const enterZ = (rayZ > 0 ? low.z : high.z) / rayZ;
      const enter = Math.max(enterX, enterY, enterZ);
      const i = y * leptonWidth + x;
      if (enter <= 0 || enter >= met.depth[i]!) continue;
      const leave = Math.min(
        (rayX > 0 ? high.x : low.x) / rayX,
        (rayY > 0 ? high.y : low.y) / rayY,
        (rayZ > 0 ? high.z : low.z) / rayZ,
      );
      if (enter >= leave) continue;
      met.depth[i] = enter;
      met.surface[i] = which.index;
      met.facing[i] =
        enter === enterX ? (rayX > 0 ? -1 : 1) : enter === enterY ? (rayY > 0 ? -2 : 2) : rayZ > 0 ? -3 : 3;
    }
  }
}

function relativeTo(box: RoomBox, from: Point): { readonly low: Point; readonly high: Point } {
  return {
    low: { x: box.low.x - from.x, y: box.low.y - from.y, z: box.low.z - from.z },
    high: { x: box.high.x - from.x, y: box.high.y - from.y, z: box.high.z - from.z },
  };
}

/** One ray from anywhere in a room: what it meets first, and how far away in lengths of `ray`; nearer than 1 cm nothing. */
export function castRay(
  space: RoomSpace,
  line: { readonly from: Point; readonly ray: Point },
): { readonly distance: number; readonly surface: number } {
  const { from, ray } = line;
  const atX = ((ray.x > 0 ? space.rightX : space.leftX) - from.x) / ray.x;
  const atY = ((ray.y > 0 ? space.height : 0) - from.y) / ray.y;
  const atZ = ((ray.z > 0 ? space.depth : 0) - from.z) / ray.z;
  let distance = Math.min(atX, atY, atZ);
  let surface = distance < atY ? wallSurface : ray.y > 0 ? ceilingSurface : floorSurface;
  for (let i = 0; i < space.boxes.length; i += 1) {
    const { low, high } = space.boxes[i]!;
    const enter = Math.max(
      ((ray.x > 0 ? low.x : high.x) - from.x) / ray.x,
      ((ray.y > 0 ? low.y : high.y) - from.y) / ray.y,
      ((ray.z > 0 ? low.z : high.z) - from.z) / ray.z,
    );
    if (enter < nearestDepthMetres / 30 || enter >= distance) continue;
    const leave = Math.min(
      ((ray.x > 0 ? high.x : low.x) - from.x) / ray.x,
      ((ray.y > 0 ? high.y : low.y) - from.y) / ray.y,
      ((ray.z > 0 ? high.z : low.z) - from.z) / ray.z,
    );
    if (enter >= leave) continue;
    distance = enter;
    surface = i;
  }
  return { distance, surface };
}
