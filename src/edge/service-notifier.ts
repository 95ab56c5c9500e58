import { UnixDatagrams } from "#sensors/transport/linux/unix-datagrams.ts";

/**
 * Tells systemd how this service is, by the protocol of sd_notify(3). It is fed by what the pipeline has judged and by
 * nothing else, so that a device that runs and sees nothing is started again.
 */
export class ServiceNotifier {
  readonly #datagrams: UnixDatagrams;
  readonly #log: (line: string) => void;
  #problem: string | null = null;

  private constructor(datagrams: UnixDatagrams, log: (line: string) => void) {
    this.#datagrams = datagrams;
    this.#log = log;
  }

  /** By NOTIFY_SOCKET of the environment; null where nobody asked to be told. Throws `TransportFailure`. */
  static async fromEnvironment(
    environment: Readonly<Record<string, string | undefined>>,
    log: (line: string) => void,
  ): Promise<ServiceNotifier | null> {
    const name = environment["NOTIFY_SOCKET"];
    if (name === undefined || name === "") return null;
    return new ServiceNotifier(await UnixDatagrams.to(name), log);
  }

  /** The service has started; from now on the watchdog counts. */
  ready(): void {
    this.#send("READY=1");
  }

  /** Something new was judged, or nothing is to be judged because a person has disabled the device. */
  feed(): void {
    this.#send("WATCHDOG=1");
  }

  /** The service stops by itself. */
  stopping(): void {
    this.#send("STOPPING=1");
    this.#datagrams.close();
  }

  #send(text: string): void {
    const problem = this.#datagrams.send(text);
    if (problem !== null && problem !== this.#problem)
      this.#log(`systemd was not told ${text}: ${problem}; it is told again with the next second`);
    this.#problem = problem;
  }
}
