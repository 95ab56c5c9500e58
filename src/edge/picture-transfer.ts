import { assert } from "#core/failure.ts";
import type { FrameTelemetry } from "#core/frames/frame-telemetry.ts";
import type { CodedPixels } from "#recording/pixel-coding.ts";
import type { RecordedPicture } from "#wire/recorder-messages.ts";
import { CodedPicture, DecodedPicture } from "./picture-coder.ts";

/** Gives coded pictures to another process, each key once. */
export class PictureSender {
  /** The key that the receiver has. */
  #held: CodedPixels | null = null;

  /** What the receiver has to be told of a picture, and of how many before it that it never gets. */
  message(picture: CodedPicture, letGo: number): RecordedPicture {
    const { width, height, capturedAtMicros, frameCounter, unit, telemetry, coded } = picture;
    const { pixels, key } = coded;
    const told = key === null ? "own" : key === this.#held ? "held" : key;
    this.#held = key ?? pixels;
    return {
      kind: "picture",
      width,
      height,
      capturedAtMicros,
      frameCounter,
      unit,
      telemetry,
      pixels,
      key: told,
      letGo,
    };
  }
}

/** Takes the pictures of one sender. */
export class PictureReceiver {
  #held: CodedPixels | null = null;
  readonly #decoded = new DecodedPicture();

  /** The picture, still coded. Its pixels may be a part of the message: what is kept has to be moved. */
  picture({ pixels, key, ...frame }: RecordedPicture): CodedPicture {
    if (key !== "held") this.#held = ownCopy(key === "own" ? pixels : key);
    const held = this.#held;
    assert(held !== null, "a sender tells a key before what is told by it");
    const coding = key === "own" ? { coded: held, key: null } : { coded: pixels, key: held };
    return new CodedPicture(
      { ...frame, telemetry: ownTelemetry(frame.telemetry) },
      { ...coding, decoded: this.#decoded },
    );
  }
}

/** Its words are a part of the message, too. */
function ownTelemetry(telemetry: FrameTelemetry | null): FrameTelemetry | null {
  return telemetry === null ? null : { ...telemetry, words: telemetry.words?.slice() ?? null };
}

/** What came in a message is a part of it, and would keep all of it in memory. */
function ownCopy({ coding, bytes }: CodedPixels): CodedPixels {
  return { coding, bytes: new Uint8Array(bytes) };
}
