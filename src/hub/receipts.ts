import type { Cancel, Clock } from "#core/time.ts";
import { receiptIdsMax } from "#wire/device-messages.ts";

/** What receipts need. */
export interface ReceiptsOptions {
  readonly clock: Clock;
  /** Brings everything that was stored before to the disk, so that it outlives a power cut; throws when it cannot. */
  readonly sync: () => void;
  /** Tells a device what it may forget. */
  readonly send: (device: string, ids: readonly string[]) => void;
  /** Told what is wrong when the disk refuses; the devices then get no receipts and send everything again. */
  readonly onProblem: (error: unknown) => void;
}

/**
 * Gives receipts for what came in together: the disk is asked once for all of it, and each device gets one message. A
 * disk that takes some milliseconds for each sync would otherwise set how fast a backlog arrives.
 */
export class Receipts {
  readonly #options: ReceiptsOptions;
  /** Ids by device, in the order in which they came; as many as arrive before the next timer runs. */
  readonly #due = new Map<string, Set<string>>();
  #cancel: Cancel | null = null;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** Something of a device is stored, and is to be acknowledged once it is on disk. */
  add(device: string, id: string): void {
    const ids = this.#due.get(device) ?? new Set();
    this.#due.set(device, ids.add(id));
    if (ids.size >= receiptIdsMax) this.flush();
    else this.#cancel ??= this.#options.clock.after(0, () => this.flush());
  }

  /** Acknowledges at once what is due. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    if (this.#due.size === 0) return;
    const due = [...this.#due];
    this.#due.clear();
    try {
      this.#options.sync();
    } catch (error) {
      this.#options.onProblem(error);
      return;
    }
    for (const [device, ids] of due) this.#options.send(device, [...ids]);
  }
}
