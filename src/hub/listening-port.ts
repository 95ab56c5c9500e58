import { createServer, type Server, type Socket } from "node:net";
import { type Failure, machineFault } from "#core/failure.ts";

/** Opens a listening TCP server; throws the failures of `portFailure`. Port 0 takes any free one. */
export function listen(options: {
  host: string;
  port: number;
  onSocket: (socket: Socket) => void;
}): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(options.onSocket);
    const fail = (error: NodeJS.ErrnoException): void => reject(portFailure({ ...options, error }));
    server.once("error", fail);
    server.listen(options.port, options.host.replace(/^\[|\]$/g, ""), () => {
      server.off("error", fail);
      resolve(server);
    });
  });
}

/** Opens a port and frees it again, which leaves no trace; throws the failures of `portFailure`. Port 0 is free. */
export async function checkPortFree(place: { readonly host: string; readonly port: number }): Promise<void> {
  if (place.port === 0) return;
  const server = await listen({ ...place, onSocket: (socket) => socket.destroy() });
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** Says in one sentence why a port could not be opened and what to do. */
export function portFailure(options: {
  readonly host: string;
  readonly port: number;
  readonly error: NodeJS.ErrnoException;
}): Failure {
  const { host, port, error } = options;
  return error.code === "EADDRINUSE"
    ? machineFault(
        "port-in-use",
        `Port ${port} on ${host} is already in use: stop the other program or choose another port.`,
      )
    : machineFault("port-unusable", `Port ${port} on ${host} cannot be opened (${error.message}).`, {
        cause: error,
      });
}
