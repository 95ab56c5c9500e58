import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** A cable between two programs that a test can cut, or make deaf in one direction. */
export class TcpProxy {
  readonly #targetPort: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #mute = false;
  #heardWhileMute: () => void = () => {};

  constructor(targetPort: number) {
    this.#targetPort = targetPort;
  }

  /** Listens; returns the port. */
  async start(): Promise<number> {
    this.#server = createServer((near) => this.#join(near)).listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on nothing comes back from the target; resolves when it has said something that was swallowed. */
  swallowAnswers(): Promise<void> {
    this.#mute = true;
    return new Promise((resolve) => {
      this.#heardWhileMute = resolve;
    });
  }

  /** Cuts all connections; new ones work. */
  cut(): void {
    this.#mute = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts everything and frees the port. */
  async stop(): Promise<void> {
    this.cut();
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  #join(near: Socket): void {
    const far = connect(this.#targetPort, "127.0.0.1");
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    near.on("data", (bytes) => far.write(bytes));
    far.on("data", (bytes) => {
      if (this.#mute) this.#heardWhileMute();
      else near.write(bytes);
    });
  }
}
