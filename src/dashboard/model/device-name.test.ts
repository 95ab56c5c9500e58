import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceName } from "./device-name.ts";

test("a device is called by its name; the id stands beside it only where two share one", () => {
  const views = [
    { id: "pi-1", name: "Kitchen" },
    { id: "pi-2", name: "Hall" },
    { id: "pi-3", name: "Hall" },
  ];
  assert.deepEqual(
    ["pi-1", "pi-2", "pi-3", "pi-4"].map((id) => deviceName(views, id)),
    ["Kitchen", "Hall (pi-2)", "Hall (pi-3)", "pi-4"],
  );
});
