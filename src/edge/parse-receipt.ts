import { type ReceiptMessage, receiptSchema } from "#wire/device-messages.ts";

/** A message on the receipt topic; null when it is none. */
export function parseReceipt(payload: Uint8Array): ReceiptMessage | null {
  try {
    return receiptSchema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null;
  } catch {
    return null;
  }
}
