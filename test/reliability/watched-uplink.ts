import type { DeviceEvent } from "#core/device-event.ts";
import type { NewEntry } from "#core/event-log/event-log.ts";
import type { BrokerConnection } from "#core/messaging/broker-connection.ts";
import { Uplink, type UplinkOptions } from "#edge/uplink.ts";
import type { TelemetryMessage } from "#wire/device-messages.ts";
import { parseTopic } from "#wire/topics.ts";

/** Who is told what passes through the link of a device, before anything comes of it. */
export interface UplinkWatcher {
  emitted(id: string, event: DeviceEvent): void;
  second(telemetry: TelemetryMessage, link: "up" | "down"): void;
  /** The keeper was given an entry. */
  kept(entry: NewEntry): void;
  connecting(): void;
  /** Something that is to have a receipt was sent. */
  sent(id: string): void;
  receipts(ids: readonly string[]): void;
}

/** The product's own uplink with somebody who watches what goes in and out of it. */
export function watchedUplink(options: UplinkOptions, watcher: UplinkWatcher): Uplink {
  const { keeper } = options;
  const [add, received] = [keeper.add.bind(keeper), keeper.received.bind(keeper)];
  keeper.add = (entry) => {
    watcher.kept(entry);
    add(entry);
  };
  keeper.received = (ids) => {
    watcher.receipts(ids);
    received(ids);
  };
  const uplink = new Uplink({
    ...options,
    connect: (request, listener) => {
      watcher.connecting();
      return watchDeliveries(options.connect(request, listener), watcher);
    },
  });
  const [addEvent, sendTelemetry] = [uplink.addEvent.bind(uplink), uplink.sendTelemetry.bind(uplink)];
  uplink.addEvent = (event) => {
    const id = addEvent(event);
    watcher.emitted(id, event);
    return id;
  };
  uplink.sendTelemetry = (telemetry) => {
    watcher.second(telemetry, uplink.up ? "up" : "down");
    sendTelemetry(telemetry);
  };
  return uplink;
}

function watchDeliveries(connection: BrokerConnection, watcher: UplinkWatcher): BrokerConnection {
  const deliver = connection.deliver.bind(connection);
  connection.deliver = (message, onSettled) => {
    const kind = parseTopic(message.topic)?.kind;
    if (kind === "event" || kind === "telemetry-batch")
      watcher.sent((JSON.parse(String(message.payload)) as { id: string }).id);
    deliver(message, onSettled);
  };
  return connection;
}
