import { createServer, type Server } from "node:https";
import type { TLSSocket } from "node:tls";
import { createAdaptorServer } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { z } from "zod";
import { Failure } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import { enrolPath, enrolRequestSchema, renewPath, renewRequestSchema } from "#wire/enrolment-messages.ts";
import { checkRequest } from "../identity/certificate-request.ts";
import type { DeviceIdentities } from "../identity/device-identities.ts";
import type { ServerCertificate } from "../identity/server-certificate.ts";
import { portFailure } from "../listening-port.ts";
import { hostnameOf } from "../loopback-host.ts";
import type { Refusals } from "../refusals.ts";
import { refuse } from "../request-guards.ts";
import type { EnrolmentDesk } from "./enrolment-desk.ts";

/** A request with a PKCS #10 request in it has some 600 bytes. */
const bodyBytesMax = 8 * 1024;
/** Connections at once; a further one is closed. */
const connectionsMax = 64;
/** A handshake, or a request, that is not whole by then is cut off. */
const patienceMs = 10_000;
/** A device renews its certificate once in so long at most. */
export const renewEveryMs = 3_600_000;

/** What an enrolment server needs. */
export interface EnrolmentServerOptions {
  readonly clock: Clock;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly desk: EnrolmentDesk;
  readonly identities: DeviceIdentities;
  readonly certificate: ServerCertificate;
  /** Where the broker is for a device that has reached this server by a host's name. */
  readonly brokerUrl: (host: string) => string;
  readonly refusals: Refusals;
  readonly log: (line: string) => void;
}

/** Takes the requests of devices for their first certificate and for the next one, by TLS. */
export class EnrolmentServer {
  readonly #options: EnrolmentServerOptions;
  /** When each device renewed last; as many as there are devices with certificates. */
  readonly #renewedMs = new Map<string, number>();
  #server: Server | null = null;

  constructor(options: EnrolmentServerOptions) {
    this.#options = options;
  }

  /** Listens; its port. Throws the failures of `portFailure`. */
  async start(): Promise<number> {
    const { host, port, certificate, refusals } = this.#options;
    const server = createAdaptorServer({
      fetch: this.#app().fetch,
      createServer,
      serverOptions: {
        ...certificate.secureContext,
        requestCert: true,
        // Who comes to be enrolled has no certificate yet; renewal looks at it.
        rejectUnauthorized: false,
        handshakeTimeout: patienceMs,
        requestTimeout: patienceMs,
        headersTimeout: patienceMs,
      },
    }) as Server;
    server.maxConnections = connectionsMax;
    // Node tells here of what is no TLS, too.
    server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
      const peer = (socket as TLSSocket).remoteAddress ?? "somebody";
      const what = `sends what is no request by TLS (${error.code ?? error.message})`;
      if (error.code !== "ECONNRESET" && error.code !== "EPIPE")
        refusals.count({ kind: "malformed-request", peer, what });
      socket.destroy();
    });
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => reject(portFailure({ host, port, error })));
      server.listen(port, host.replace(/^\[|\]$/g, ""), () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : port);
      });
    });
  }

  /** Takes over a new certificate of the hub. */
  renewCertificate(): void {
    this.#server?.setSecureContext(this.#options.certificate.secureContext);
  }

  /** Ends all connections; safe to call twice. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  }

  #app(): Hono {
    const app = new Hono();
    app.use(
      bodyLimit({
        maxSize: bodyBytesMax,
        onError: (context) =>
          this.#refuse(context, 413, { code: "too-large", message: `Send at most ${bodyBytesMax} bytes.` }),
      }),
    );
    app.post(enrolPath, (context) => this.#enrol(context));
    app.get(`${enrolPath}/:ticket`, (context) => {
      const state = this.#options.desk.state(context.req.param("ticket"));
      if (state !== null) return context.json(state);
      const message = "This enrolment is over: begin again with a new code.";
      return this.#refuse(context, 404, { code: "no-such-ticket", message });
    });
    app.post(renewPath, (context) => this.#renew(context));
    app.all("*", (context) =>
      this.#refuse(context, 404, { code: "no-such-address", message: "Devices are enrolled here." }),
    );
    app.onError((error, context) => {
      if (error instanceof Failure && error.side === "input")
        return refuse(context, error.code === "code-refused" ? 403 : 400, error);
      this.#options.log(`enrolment: ${error.stack ?? error.message}`);
      return refuse(context, 500, {
        code: "hub-failed",
        message: "The hub failed at this; its log says why.",
      });
    });
    return app;
  }

  async #enrol(context: Context): Promise<Response> {
    const body = await this.#body(context, enrolRequestSchema);
    if (body === null) return this.#malformed(context);
    const { desk } = this.#options;
    const host = hostnameOf(context.req.header("host") ?? "") ?? "localhost";
    const brokerUrl = this.#options.brokerUrl(host);
    return context.json({ ticket: await desk.ask({ ...body, address: addressOf(context), brokerUrl }) }, 202);
  }

  async #renew(context: Context): Promise<Response> {
    const { clock, identities, log } = this.#options;
    const socket = socketOf(context);
    const shown = socket.getPeerX509Certificate();
    const known = shown !== undefined && socket.authorized ? identities.identify(shown) : null;
    if (known?.kind !== "device") {
      const kind = known?.kind === "revoked" ? "revoked-certificate" : "unknown-certificate";
      this.#options.refusals.count({ kind, peer: addressOf(context), what: "asks for a renewal" });
      const message = "Only a device whose certificate holds can renew it: enrol it anew.";
      return refuse(context, 403, { code: "certificate-refused", message });
    }
    const body = await this.#body(context, renewRequestSchema);
    if (body === null) return this.#malformed(context);
    const checked = await checkRequest(body.request);
    const { device } = known.certificate;
    if (checked.deviceId !== device)
      return this.#refuse(context, 403, { code: "not-yours", message: `${device} may renew its own alone.` });
    const nowMs = clock.monotonicMs();
    if (nowMs - (this.#renewedMs.get(device) ?? Number.NEGATIVE_INFINITY) < renewEveryMs)
      return this.#refuse(context, 429, { code: "too-often", message: "It was renewed within the hour." });
    this.#renewedMs.set(device, nowMs);
    const certificate = await identities.issue(checked);
    log(`enrolment: ${device} renewed its certificate`);
    return context.json({ certificate });
  }

  /** The body, checked; null when it is none of the schema's. */
  async #body<T>(context: Context, schema: z.ZodType<T>): Promise<T | null> {
    try {
      return schema.safeParse(await context.req.json()).data ?? null;
    } catch {
      return null;
    }
  }

  #malformed(context: Context): Response {
    return this.#refuse(context, 400, {
      code: "malformed",
      message: "The request is none of this server's.",
    });
  }

  #refuse(
    context: Context,
    status: 400 | 403 | 404 | 413 | 429,
    error: { readonly code: string; readonly message: string },
  ): Response {
    const what = `is refused ${context.req.method} ${context.req.path} (${error.code})`;
    this.#options.refusals.count({ kind: "malformed-request", peer: addressOf(context), what });
    return refuse(context, status, error);
  }
}

function socketOf(context: Context): TLSSocket {
  return (context.env as { incoming: { socket: TLSSocket } }).incoming.socket;
}

function addressOf(context: Context): string {
  return socketOf(context).remoteAddress ?? "somebody";
}
