import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import type { Clock } from "#core/time.ts";
import type { ZoneConfig } from "#wire/zone-api.ts";
import type { DeviceEntranceOptions } from "./enrolment/device-entrance.ts";
import type { HubNotification } from "./incident-target.ts";
import type { IntegrationsSetup } from "./integrations/integrations-setup.ts";

/** What a hub needs. */
export interface HubOptions {
  readonly clock: Clock;
  /** Holds the store, the authority of the devices' certificates and the secret of their passwords; made when missing. */
  readonly dataFolder: string;
  /** Of the page and of the broker's plain door: a name or address of this machine only, as nothing is encrypted here. */
  readonly host: string;
  /** HTTP port; 0 takes any free one. */
  readonly port: number;
  /** Port of the broker's plain door; 0 takes any free one, null opens none. */
  readonly mqttPort: number | null;
  /** Where devices come in by TLS; nowhere where absent. */
  readonly devices?: DeviceEntranceOptions | undefined;
  /** The built dashboard; null or a missing folder answers with how to build it. */
  readonly dashboardFolder: string | null;
  /** Zones of several devices; none where absent. */
  readonly zones?: readonly ZoneConfig[] | undefined;
  /** Who is told of alarms, and by which channels; nobody where absent, and the hub says so. */
  readonly notification?: HubNotification | undefined;
  /** What other systems are told; nothing but what they ask for by HTTP where absent. */
  readonly integrations?: IntegrationsSetup | undefined;
  /**
   * A broker to use instead of our own, such as mosquitto; credentials null shows it a certificate of the hub's own
   * authority, for which `devices` is needed.
   */
  readonly broker?: { readonly url: string; readonly credentials: BrokerCredentials | null } | undefined;
  readonly softwareVersion: string;
  readonly log: (line: string) => void;
}
