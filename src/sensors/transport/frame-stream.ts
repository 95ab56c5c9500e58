/** What a stream of raw pictures tells its owner. */
export interface FrameStreamListener {
  /** Bytes as they come, in pieces of any size; they belong to the listener. */
  onBytes(bytes: Uint8Array): void;
  /** The stream has ended, by itself or by an error; the text says why. */
  onEnd(text: string): void;
}

/** A source of raw picture bytes: a USB camera through another program, or a pipe. */
export interface FrameStream {
  /** Starts the bytes flowing; may be called again after it has ended. Throws `TransportFailure`. */
  start(listener: FrameStreamListener): Promise<void>;
  /** Stops it; safe to call twice. */
  stop(): Promise<void>;
}
