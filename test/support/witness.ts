import { connectAsync } from "mqtt";
import type { CertificateIdentity } from "#core/messaging/broker-credentials.ts";
import { alarmMessage } from "./alarm-samples.ts";

/** What a witness has seen of a hub under attack. */
export interface Witnessed {
  readonly events: number;
  /** Milliseconds from each event to its receipt, shortest first. */
  readonly receiptMs: readonly number[];
}

/**
 * A device that goes on sending events while `during` lasts, one after the other, and waits for the receipt of each.
 * Throws when its connection ends.
 */
export async function witness(
  at: { readonly port: number; readonly device: string; readonly identity: CertificateIdentity },
  during: Promise<unknown>,
): Promise<Witnessed> {
  const { device, identity } = at;
  const client = await connectAsync(`mqtts://127.0.0.1:${at.port}`, {
    clientId: device,
    protocolVersion: 4,
    reconnectPeriod: 0,
    ca: identity.authority,
    cert: identity.certificate,
    key: identity.key,
  });
  const ended = new Promise<never>((_, reject) => {
    client.once("close", () => reject(new Error("the witness was disconnected")));
  });
  ended.catch(() => {});
  await client.subscribeAsync(`emberwatch/v1/${device}/receipt`);
  let isOver = false;
  during
    .finally(() => {
      isOver = true;
    })
    .catch(() => {});
  const receiptMs: number[] = [];
  while (!isOver || receiptMs.length === 0) {
    const id = `witnessed-${receiptMs.length}`;
    const received = new Promise<void>((resolve) => {
      client.once("message", (_topic, payload) => {
        if (payload.includes(`"${id}"`)) resolve();
      });
    });
    const beganMs = performance.now();
    const message = JSON.stringify(alarmMessage({ id, sequence: receiptMs.length + 1 }));
    await client.publishAsync(`emberwatch/v1/${device}/event`, message, { qos: 1 });
    await Promise.race([received, ended]);
    receiptMs.push(performance.now() - beganMs);
    // Ten a second are more than any device sends, and leave the processor to the attack.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await client.endAsync();
  return { events: receiptMs.length, receiptMs: receiptMs.sort((a, b) => a - b) };
}
