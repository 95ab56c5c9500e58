import { randomUUID } from "node:crypto";
import type { DeviceLinkOptions } from "./device-link.ts";
import { connectByMqtt } from "./mqtt-connection.ts";
import { Uplink, type UplinkOptions } from "./uplink.ts";

/** How a device reaches its hub by MQTT from its own process; `random` draws the pauses between attempts. */
export function uplinkTo(
  hub: Pick<UplinkOptions, "random" | "brokerUrl" | "credentials">,
): (options: DeviceLinkOptions) => Uplink {
  return (options) => new Uplink({ ...options, ...hub, connect: connectByMqtt, newEventId: randomUUID });
}
