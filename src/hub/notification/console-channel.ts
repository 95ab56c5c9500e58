import type { Notification, NotificationChannel, NotificationReceipt } from "./notification-channel.ts";

/** The channel `console`: messages are lines where the hub runs, for whoever sits there, and to try a policy out. */
export class ConsoleChannel implements NotificationChannel {
  readonly name = "console";
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /** Writes one line, and calls it sent: nobody knows whether somebody reads it. */
  async send({ contact, title, text }: Notification): Promise<NotificationReceipt> {
    this.#write(`To ${contact}: ${title}. ${text}`);
    return { outcome: "sent", text: "" };
  }
}
