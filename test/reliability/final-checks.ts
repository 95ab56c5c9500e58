import type { DeviceEvent } from "#core/device-event.ts";
import { eventSchema } from "#wire/device-messages.ts";
import type { DeviceWatch } from "./device-watch.ts";
import type { Simulation } from "./simulation.ts";
import { telemetryViolations } from "./telemetry-checks.ts";
import type { Violation } from "./violation.ts";

/** What is wrong when nothing is under way any more. */
export function finalViolations(simulation: Simulation): Violation[] {
  const atSeconds = simulation.clock.monotonicMs() / 1_000;
  const violations: Violation[] = [];
  const { problem } = simulation.hub;
  if (problem !== null) violations.push({ device: "hub", what: `In the end: ${problem}`, atSeconds });
  for (const watch of simulation.watches) {
    for (const what of judge(simulation, watch)) {
      violations.push({ device: watch.device.id, what, atSeconds });
    }
  }
  return violations;
}

function judge(simulation: Simulation, watch: DeviceWatch): string[] {
  const { hub, hubWatch } = simulation;
  const { device } = watch;
  const found: string[] = [];
  const stored = hub.storedEvents(device.id);
  const ids = new Set(stored.map(({ id }) => id));
  for (const { id, event } of watch.emittedAlarms) {
    if (!ids.has(id) && !watch.mayBeLost(id)) found.push(`Alarm lost: ${id} (${describe(event)}).`);
  }
  for (const [key, times] of hubWatch.told) {
    if (key.startsWith(`${device.id} `) && times > 1) found.push(`Event applied ${times} times: ${key}.`);
  }
  const emitted = new Set(watch.emittedEvents.map(({ id }) => id));
  for (const { id } of stored) if (!emitted.has(id)) found.push(`Event ${id} was never emitted.`);
  const { entries } = device.disk.log.counts;
  if (entries > 0) found.push(`${entries} events still wait on the device though everything is well.`);
  for (const id of watch.link.batches.keys()) {
    if (!hub.has(device.id, id) && !watch.mayBeLost(id) && !watch.hasDropped)
      found.push(`Batch of telemetry lost: ${id}.`);
  }
  const telemetry = { keptSeconds: hubWatch.keptSeconds(device.id), stored: hub.storedSeconds(device.id) };
  found.push(...telemetryViolations({ ...telemetry, link: watch.link }));
  const events = stored.map(({ body }) => eventSchema.parse(JSON.parse(body)).event);
  found.push(...untoldIncidents(events), ...compareStates(simulation, watch, events));
  return found;
}

/** Whatever somebody had to reset must have been told as an alarm, also when the device lost its power in between. */
function untoldIncidents(events: readonly DeviceEvent[]): string[] {
  const told = new Set(
    events.map((event) => (event.type === "level" && event.level === "alarm" ? event.incidentId : null)),
  );
  return events.flatMap((event) =>
    event.type === "reset" && event.incidentId !== null && !told.has(event.incidentId)
      ? [`The alarm ${event.incidentId} stood until it was reset, and was never told.`]
      : [],
  );
}

/**
 * The hub's log of a device, replayed, and what the hub shows, must be what the device itself says. Only a device that
 * was killed before its disk had the newest state may know less than the log.
 */
function compareStates(
  { hub }: Simulation,
  { device, mayBeBehind, hasDropped }: DeviceWatch,
  events: readonly DeviceEvent[],
): string[] {
  const { state } = device;
  if (state === null) return ["The device does not run in the end."];
  const replayed = replay(mayBeBehind ? events : bySequence(events));
  const found: string[] = [];
  const isAhead = mayBeBehind && state.level === "normal";
  if (replayed.level !== state.level && !isAhead)
    found.push(`The log says ${replayed.level} and the device ${state.level}.`);
  const standing = new Set<string>(state.troubles.map(({ code }) => code));
  for (const code of standing) {
    if (!replayed.troubles.has(code) && !hasDropped)
      found.push(`The device has the trouble ${code}, of which the log says nothing.`);
  }
  for (const code of replayed.troubles) {
    if (!standing.has(code) && !mayBeBehind && !hasDropped)
      found.push(`By the log the trouble ${code} stands, by the device not.`);
  }
  const shown = hub.view(device.id)?.state ?? null;
  if (shown?.level !== state.level || shown.sequence !== state.sequence)
    found.push(
      `The hub shows ${shown?.level} (${shown?.sequence}), the device is ${state.level} (${state.sequence}).`,
    );
  return found;
}

/**
 * In the order in which the device numbered them: while it cannot read its disk, what it holds in memory goes out before
 * what is in its log. A device that may have forgotten numbers them anew, and is taken as it came.
 */
function bySequence(events: readonly DeviceEvent[]): readonly DeviceEvent[] {
  const numberOf = (event: DeviceEvent): number => ("sequence" in event ? event.sequence : 0);
  return events.toSorted((a, b) => numberOf(a) - numberOf(b));
}

/** What a device's events, in this order, say stands now. */
function replay(events: readonly DeviceEvent[]): {
  readonly level: string;
  readonly troubles: ReadonlySet<string>;
} {
  let level = "normal";
  const troubles = new Set<string>();
  for (const event of events) {
    if (event.type === "level") level = event.level;
    else if (event.type === "reset") level = "normal";
    else if (event.type === "trouble" && event.active) troubles.add(event.code);
    else if (event.type === "trouble") troubles.delete(event.code);
  }
  return { level, troubles };
}

function describe(event: DeviceEvent): string {
  return event.type === "level" ? `level ${event.level}` : event.type;
}
