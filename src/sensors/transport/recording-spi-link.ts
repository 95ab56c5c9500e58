import { type Clock, microsPerMillisecond } from "#core/time.ts";
import type { SpiLink } from "./spi-link.ts";
import { SpiRecordEncoder, spiRecordingMagic } from "./spi-recording-format.ts";

/** What a recording is made of and where it goes. */
export interface RecordingSpiLinkOptions {
  /** The link that does the work; closed with this one. */
  readonly link: SpiLink;
  readonly clock: Pick<Clock, "monotonicMs">;
  /** Takes the recording piece by piece, at once; each piece is its own. */
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/** Passes reads on to a link and writes them down; unlike the link itself it allocates for each. */
export class RecordingSpiLink implements SpiLink {
  readonly #options: RecordingSpiLinkOptions;
  readonly #encoder = new SpiRecordEncoder();
  #startMs: number | null = null;

  constructor(options: RecordingSpiLinkOptions) {
    this.#options = options;
  }

  read(into: Uint8Array): void {
    const { link, clock, write } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#startMs === null) {
      this.#startMs = nowMs;
      write(spiRecordingMagic.slice());
    }
    link.read(into);
    write(this.#encoder.encode({ atMicros: (nowMs - this.#startMs) * microsPerMillisecond, bytes: into }));
  }

  close(): void {
    this.#options.link.close();
  }
}
