import { assert } from "#core/failure.ts";
import { Broker, type Publication } from "./broker.ts";
import type { DeviceCredentials } from "./device-credentials.ts";
import type { DeviceEntrance } from "./enrolment/device-entrance.ts";
import { ExternalBroker } from "./external-broker.ts";
import { type HubBroker, hubClientName } from "./hub-broker.ts";
import type { HubOptions } from "./hub-options.ts";
import type { Refusals } from "./refusals.ts";

/** The broker that a hub's options ask for, not started: its own with its doors, or another's. */
export function makeHubBroker(
  options: HubOptions,
  around: {
    /** Of the plain door; null where there is none. */
    readonly credentials: DeviceCredentials | null;
    readonly entrance: DeviceEntrance | null;
    readonly refusals: Refusals;
    readonly onPublication: (publication: Publication) => void;
  },
): HubBroker {
  const { clock, log, host, mqttPort, broker } = options;
  const { credentials, entrance, refusals, onPublication } = around;
  if (broker !== undefined)
    return new ExternalBroker({
      clock,
      url: broker.url,
      clientId: hubClientName,
      credentials: async () => {
        if (broker.credentials !== null) return broker.credentials;
        assert(entrance !== null, "a hub without credentials for its broker has an authority");
        return entrance.hubCredentials();
      },
      refusals,
      onPublication,
      log,
    });
  return new Broker({
    plain: credentials === null || mqttPort === null ? null : { host, port: mqttPort, credentials },
    secure: entrance?.door ?? null,
    refusals,
    onPublication,
    log,
  });
}
