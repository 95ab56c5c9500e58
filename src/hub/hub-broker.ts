import type { BrokerAddresses } from "./broker.ts";

/** What the hub calls itself at a broker that is not its own; the dot keeps it apart from every device id. */
export const hubClientName = "emberwatch.hub";

/** What a hub needs of a broker, its own or another's. */
export interface HubBroker {
  /** Begins; where devices find it. */
  start(): Promise<BrokerAddresses>;
  /** Sends a message to whoever subscribed to the topic; resolves when it is handed over, not when it arrived. */
  publish(message: { readonly topic: string; readonly payload: string; readonly qos: 0 | 1 }): Promise<void>;
  /** What is wrong with it, in one sentence; null while it works. */
  readonly problem: string | null;
  /** Takes over a new certificate of the hub. */
  renewCertificate(): void;
  /** Ends the connections whose certificates no longer hold. */
  endStale(): void;
  /** Ends; safe to call twice. */
  stop(): Promise<void>;
}
