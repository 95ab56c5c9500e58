import assert from "node:assert/strict";
import { test } from "node:test";
import { SwappableModel } from "#edge/commands/swappable-model.ts";
import { missingModel } from "#edge/installed-model.ts";
import { fixtureModel } from "#support/fixture-room.ts";
import { LoneDevice } from "#support/lone-device.ts";
import { flamingRegion, scriptedScorer } from "#support/scripted-scorer.ts";

/** What was told of the model, in its order. */
function toldOfModel({ events }: LoneDevice): string[] {
  return events.flatMap((event) =>
    event.type === "trouble" && event.code.startsWith("model-")
      ? [`${event.code} ${event.active ? "on" : "off"}`]
      : [],
  );
}

/** Whether any alarm gives the model as a reason. */
function isModelReason({ events }: LoneDevice): boolean {
  return events.some((event) => JSON.stringify(event).includes("model-flaming"));
}

test("a device decides by its rules while its model is checked, which is no fault", async (context) => {
  const device = new LoneDevice({ model: new SwappableModel() });
  await device.start(context);
  assert.ok(device.findsFire(), device.order.join());
  assert.deepEqual([toldOfModel(device), isModelReason(device)], [[], false]);
});

test("a model that has come is asked from the next second on, and one that is missing is a fault until it has", async (context) => {
  const model = new SwappableModel();
  const device = new LoneDevice({ model });
  await device.start(context);
  model.swap(missingModel("It is damaged: train it again."));
  device.agent.modelChanged();
  assert.deepEqual(toldOfModel(device), ["model-missing on"]);
  const scorer = scriptedScorer(({ regions }) => ({
    regions: regions.map(({ trackId }) => flamingRegion(0.9, { trackId })),
  }));
  model.swap({ scorer, identity: fixtureModel });
  device.agent.modelChanged();
  assert.deepEqual(toldOfModel(device), ["model-missing on", "model-missing off"]);
  device.findsFire();
  assert.ok(isModelReason(device));
});
