import assert from "node:assert/strict";
import { test } from "node:test";
import { leptonHeight, leptonWidth } from "#core/frames/thermal-frame.ts";
import { Random } from "#core/random.ts";
import { emptyHall } from "#support/fire-stage.ts";
import { officeSpace } from "#support/office-space.ts";
import { PinholeCamera } from "./pinhole-camera.ts";
import { type RoomSpace, roomVolume } from "./room-layout.ts";
import { renderStillScene } from "./still-scene.ts";

test("one pixel at 5 m is 31 to 34 mm wide, and the picture 57° wide", () => {
  const camera = new PinholeCamera({ position: { x: 0, y: 1, z: 0 }, tiltDownDegrees: 0 });
  const middle = camera.project({ x: 0, y: 1, z: 5 })!;
  assert.ok(1 / middle.scale > 0.031 && 1 / middle.scale < 0.0345);
  const edge = camera.project({ x: 5 * Math.tan((28.5 * Math.PI) / 180), y: 1, z: 5 })!;
  assert.ok(Math.abs(edge.x - (leptonWidth - 0.5)) < 1e-9);
  assert.equal(camera.project({ x: 0, y: 1, z: -1 }), null);
});

test("a ray through a pixel and the projection of a point undo each other", () => {
  const camera = new PinholeCamera({ position: { x: 0.3, y: 1.7, z: 0.1 }, tiltDownDegrees: 12 });
  for (const [x, y] of [
    [0, 0],
    [80, 60],
    [159, 119],
    [33.3, 97.1],
  ] as const) {
    const ray = camera.ray(x, y);
    const seen = camera.project({ x: 0.3 + 3 * ray.x, y: 1.7 + 3 * ray.y, z: 0.1 + 3 * ray.z })!;
    assert.ok(Math.abs(seen.x - x) < 1e-9 && Math.abs(seen.y - y) < 1e-9);
    assert.ok(Math.abs(seen.depth - 3) < 1e-12);
  }
});

test("every pixel of an office and of a hall sees a surface inside the room that faces the camera", () => {
  for (const room of [officeSpace, emptyHall]) {
    const scene = renderStillScene(room, new Random(1));
    for (let i = 0; i < leptonWidth * leptonHeight; i += 1) {
      const [x, y, z] = scene.places.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
      assert.ok(x > room.leftX - 1e-4 && x < room.rightX + 1e-4);
      assert.ok(y > -1e-4 && y < room.height + 1e-4 && z < room.depth + 1e-4);
      const ray = scene.camera.ray(i % leptonWidth, Math.floor(i / leptonWidth));
      const facing =
        ray.x * scene.normals[3 * i]! + ray.y * scene.normals[3 * i + 1]! + ray.z * scene.normals[3 * i + 2]!;
      assert.ok(facing < 0, `pixel ${i} faces away`);
    }
  }
});

test("the radiator is the warmest thing of the office, the window the coldest; nothing at rest exceeds 50 °C", () => {
  const scene = renderStillScene(officeSpace, new Random(2));
  const hottest = scene.celsius.indexOf(Math.max(...scene.celsius));
  const coldest = scene.celsius.indexOf(Math.min(...scene.celsius));
  assert.equal(officeSpace.boxes[scene.boxes[hottest]!]?.name, "radiator");
  assert.equal(officeSpace.boxes[scene.boxes[coldest]!]?.name, "window");
  assert.ok(scene.celsius[hottest]! > 42 && scene.celsius[hottest]! < 50);
});

test("a room's volume is that of its box", () => {
  assert.ok(Math.abs(roomVolume(officeSpace) - 4.4 * 5.2 * 2.6) < 1e-9);
});

test("a surface of low emissivity shows the room's warmth more than its own, and a window mirrors a radiator", () => {
  const bare = { ...officeSpace, boxes: [] };
  const hotWall = (emissivity: number, boxes: RoomSpace["boxes"] = []): number => {
    const pane = {
      name: "pane",
      look: { celsius: 60, emissivity },
      low: { x: -2, y: 0.2, z: 5.1 },
      high: { x: 2, y: 2.4, z: 5.2 },
    };
    const scene = renderStillScene({ ...bare, boxes: [pane, ...boxes] }, new Random(3));
    return scene.celsius[30 * leptonWidth + 80]!;
  };
  assert.ok(Math.abs(hotWall(1) - 60) < 1);
  const half = hotWall(0.5);
  assert.ok(half > 39 && half < 46, `${half} °C`);
  // What the pane mirrors is the near wall.
  const heater = {
    name: "heater",
    look: { celsius: 300 },
    low: { x: -2.2, y: 0, z: 0 },
    high: { x: 2.2, y: 2.6, z: 0.01 },
  };
  assert.ok(hotWall(0.5, [heater]) > half + 40);
});

test("a turned and rolled camera sees the room turned and rolled", () => {
  const position = { x: 0, y: 1.7, z: 0.1 };
  const turned = new PinholeCamera({ position, tiltDownDegrees: 0, panDegrees: 20 });
  const ahead = turned.project({ x: 5 * Math.sin(Math.PI / 9), y: 1.7, z: 0.1 + 5 * Math.cos(Math.PI / 9) })!;
  assert.ok(Math.abs(ahead.x - 79.5) < 1e-9 && Math.abs(ahead.depth - 5) < 1e-9);
  const rolled = new PinholeCamera({ position, tiltDownDegrees: 0, rollDegrees: 10 });
  const above = rolled.project({ x: 0, y: 2.2, z: 5.1 })!;
  // A camera rolled clockwise sees what is above it turned anticlockwise.
  assert.ok(above.x < 79 && above.y < 59.5);
  const any = new PinholeCamera({ position, tiltDownDegrees: 12, panDegrees: -25, rollDegrees: 7 });
  const ray = any.ray(33.3, 97.1);
  const seen = any.project({ x: 3 * ray.x, y: 1.7 + 3 * ray.y, z: 0.1 + 3 * ray.z })!;
  assert.ok(Math.abs(seen.x - 33.3) < 1e-9 && Math.abs(seen.y - 97.1) < 1e-9);
});
