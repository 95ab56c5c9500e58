import type { BrokerLogin, OpenBroker } from "./home-assistant/home-assistant-broker.ts";
import type { IntegrationsConfig } from "./integrations-config.ts";

/** What a hub's integrations are set to, with what the files hold that the configuration names. */
export interface IntegrationsSetup {
  readonly config: IntegrationsConfig;
  /** The login at Home Assistant's broker. */
  readonly homeAssistant: Pick<BrokerLogin, "credentials" | "ca">;
  readonly openBroker: OpenBroker;
}
