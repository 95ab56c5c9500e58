import { IncidentPlaces } from "#core/incident/incident-places.ts";
import type { EventMessage, ReceiptMessage } from "#wire/device-messages.ts";
import { receiptTopic } from "#wire/topics.ts";
import { CommandRelay } from "./command-relay.ts";
import type { DeviceCredentials } from "./device-credentials.ts";
import { DeviceRegistry } from "./device-registry.ts";
import type { DeviceEntrance } from "./enrolment/device-entrance.ts";
import type { HubBroker } from "./hub-broker.ts";
import type { HubOptions } from "./hub-options.ts";
import { HubZones } from "./hub-zones.ts";
import { IncidentDesk } from "./incident-desk.ts";
import { Ingest, type IngestListener } from "./ingest.ts";
import { Integrations, type IntegrationsOptions } from "./integrations/integrations.ts";
import { Live } from "./live.ts";
import { makeHubBroker } from "./make-hub-broker.ts";
import { Refusals } from "./refusals.ts";
import type { Store } from "./store.ts";

/** What a hub consists of. */
export interface HubParts {
  readonly store: Store;
  readonly broker: HubBroker;
  /** Null where devices do not come in by TLS. */
  readonly entrance: DeviceEntrance | null;
  readonly refusals: Refusals;
  readonly registry: DeviceRegistry;
  readonly relay: CommandRelay;
  readonly ingest: Ingest;
  readonly live: Live;
  readonly zones: HubZones;
  readonly desk: IncidentDesk;
  readonly integrations: Integrations;
}

/** Puts the parts of a hub together and starts none. Throws as `DeviceEntrance.open` does. */
export async function assembleHub(
  options: HubOptions,
  base: { readonly store: Store; readonly credentials: DeviceCredentials | null },
): Promise<HubParts> {
  const { clock, log } = options;
  const { store, credentials } = base;
  const refusals = new Refusals(clock, log);
  const entrance = await openEntrance(options, refusals);
  const registry = new DeviceRegistry(clock, (device) => {
    live.tellDevice(device);
    integrations.hearDevice(device);
  });
  const broker = makeHubBroker(options, {
    credentials,
    entrance,
    refusals,
    onPublication: (publication) => ingest.accept(publication),
  });
  const relay = new CommandRelay({
    clock,
    publish: (message) => broker.publish(message),
    deviceClockMicros: (device) => registry.clockMicros(device),
  });
  const askForPictures = pictureAsker(relay, log);
  const integrations = makeIntegrations(options, {
    zones: () => zones.views(),
    parts: () => ({ store: store.problem, ingest: ingest.problem, broker: broker.problem }),
    refusedMessages: () => refusals.counts().byKind["malformed-message"] ?? 0,
    devices: () => registry.views(),
    events: store.events,
    askForPictures,
  });
  const live = new Live({
    clock,
    devices: () => registry.views(),
    zones: () => zones.views(),
    regions: (device) => registry.regions(device),
    askForPictures,
    log,
  });
  const zones = makeZones(options, { store, registry, relay, live, integrations, desk: () => desk });
  const desk = new IncidentDesk({
    clock,
    store,
    places: new IncidentPlaces(options.zones ?? []),
    policy: options.notification?.policy ?? null,
    channels: options.notification?.channels ?? [],
    devices: registry,
    zoneName: (id) => zones.view(id)?.name ?? null,
    onChange: (incident) => live.tellIncident(incident),
    log,
  });
  const listener = listenerOf({ live, zones, integrations, desk });
  const acknowledge = acknowledger(broker, log);
  const ingest = new Ingest({ clock, store, registry, relay, listener, acknowledge, refusals, log });
  return { store, broker, entrance, refusals, registry, relay, ingest, live, zones, desk, integrations };
}

async function openEntrance(
  { devices: options, clock, dataFolder, log }: HubOptions,
  refusals: Refusals,
): Promise<DeviceEntrance | null> {
  if (options === undefined) return null;
  // Loaded where it is needed: the library of certificates is large.
  const { DeviceEntrance } = await import("./enrolment/device-entrance.ts");
  return DeviceEntrance.open({ clock, dataFolder, options, refusals, log });
}

function makeIntegrations(
  { clock, softwareVersion, integrations, log }: HubOptions,
  sources: Omit<IntegrationsOptions, "clock" | "softwareVersion" | "setup" | "log">,
): Integrations {
  return new Integrations({ ...sources, clock, softwareVersion, setup: integrations ?? null, log });
}

function makeZones(
  { clock, zones, log }: HubOptions,
  parts: Pick<HubParts, "store" | "registry" | "relay" | "live" | "integrations"> & {
    readonly desk: () => IncidentDesk;
  },
): HubZones {
  const { store, registry, relay, live, integrations, desk } = parts;
  const keepEvent = (zone: string, message: EventMessage): void => {
    try {
      store.events.add(zone, message, clock.nowMicros());
    } catch (error) {
      desk().tellUnkept(zone, message);
      throw error;
    }
    desk().fold();
  };
  return new HubZones({
    clock,
    zones: zones ?? [],
    store: store.zones,
    keepEvent,
    device: (id) => registry.view(id),
    ask: async (device, request) =>
      registry.view(device)?.online === true ? relay.ask(device, request) : { kind: "silent" },
    onChange: (zone) => live.tellZone(zone),
    onEvent: (zone, message) => {
      live.tellEvent(zone, message);
      integrations.hearEvent(zone, message);
    },
    log,
  });
}

/** Who hears what the ingest takes in: the page, the hub's zones and other systems. */
function listenerOf({
  live,
  zones,
  integrations,
  desk,
}: Pick<HubParts, "live" | "zones" | "integrations" | "desk">): IngestListener {
  return {
    onUnkept: (device, message) => desk.tellUnkept(device, message),
    onHeard: (device) => zones.hear(device),
    onTelemetry: (device, telemetry) => {
      live.tellTelemetry(device, telemetry);
      integrations.hearTelemetry(device, telemetry);
    },
    onRegions: live.tellRegions.bind(live),
    onEvent: (device, message) => {
      live.tellEvent(device, message);
      desk.fold();
      integrations.hearEvent(device, message);
    },
    onFrame: (device, frame) => {
      live.tellFrame(device, frame);
      integrations.hearFrame(device, frame);
    },
  };
}

/** A receipt that gets lost costs nothing: the device sends the event again. */
function acknowledger(
  broker: HubBroker,
  log: (line: string) => void,
): (device: string, ids: readonly string[]) => void {
  return (device, ids) => {
    const message: ReceiptMessage = { v: 1, ids: [...ids] };
    broker
      .publish({ topic: receiptTopic(device), payload: JSON.stringify(message), qos: 0 })
      .catch((error: unknown) => log(`could not acknowledge to ${device}: ${String(error)}`));
  };
}

function pictureAsker(
  relay: CommandRelay,
  log: (line: string) => void,
): (device: string, seconds: number) => void {
  return (device, seconds) => {
    relay.tell(device, { command: "watch", seconds }).catch((error: unknown) => {
      log(`could not ask ${device} for pictures: ${String(error)}`);
    });
  };
}
