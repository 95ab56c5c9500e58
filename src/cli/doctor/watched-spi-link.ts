import type { SpiLink } from "#sensors/transport/spi-link.ts";

/** What an SPI line without a living chip shows: always the same level; "moving" when bits change. */
export type LineLevel = "low" | "high" | "moving" | "unread";

/** Passes reads on and notes whether anything on the line ever moves. */
export class WatchedSpiLink implements SpiLink {
  readonly #link: SpiLink;
  #level: LineLevel = "unread";

  constructor(link: SpiLink) {
    this.#link = link;
  }

  /** What all bytes read so far have in common. */
  get level(): LineLevel {
    return this.#level;
  }

  read(into: Uint8Array): void {
    this.#link.read(into);
    if (this.#level === "moving") return;
    const first = into[0];
    const isSame = (first === 0x00 || first === 0xff) && into.every((byte) => byte === first);
    const level = !isSame ? "moving" : first === 0x00 ? "low" : "high";
    this.#level = this.#level === "unread" || this.#level === level ? level : "moving";
  }

  close(): void {
    this.#link.close();
  }
}
