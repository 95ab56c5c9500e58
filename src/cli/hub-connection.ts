import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import type { ModelChoice } from "#edge/installed-model.ts";

/** What a device agent that runs beside the hub needs to know of it, and the model that they all decide with. */
export interface HubConnection {
  readonly mqttUrl: string;
  /** Folder of the program's state; each device keeps its own in a folder below. */
  readonly dataFolder: string;
  readonly model: ModelChoice;
  /** How a device of this program shows who it is, asked for each connection. */
  credentialsFor(deviceId: string): Promise<() => BrokerCredentials>;
}
