import { X509Certificate } from "node:crypto";
import { request as requestByTls } from "node:https";
import { connect as connectTls, type DetailedPeerCertificate } from "node:tls";
import type { z } from "zod";
import { badInput, machineFault } from "#core/failure.ts";
import { type EnrolmentCode, pinOf } from "#wire/enrolment-code.ts";
import { apiErrorSchema } from "#wire/hub-api.ts";

/** A hub that has not answered by then does not answer. */
const patienceMs = 10_000;
/** Answers have a certificate at most. */
const answerBytesMax = 32 * 1024;
/** Certificates between a server's and its authority's; ours sends none. */
const chainLengthMax = 5;

/**
 * Asks a hub for the certificate of its authority and compares it with the pin of a code, before anything is said: a
 * stranger between device and hub learns nothing. Returns it as PEM. Throws badInput "hub-not-trusted" and machineFault
 * "hub-unreachable".
 */
export async function pinnedAuthority(hub: URL, code: EnrolmentCode): Promise<string> {
  const authority = await shownAuthority(hub);
  const spki = authority.publicKey.export({ type: "spki", format: "der" });
  if ((await pinOf(code.secret, new Uint8Array(spki))) !== code.pin) {
    throw badInput(
      "hub-not-trusted",
      `What answers at ${hub.host} is not the hub that made this code: the code was mistyped, the address is another hub's, or somebody sits in between. Nothing was sent.`,
    );
  }
  return authority.toString();
}

function shownAuthority(hub: URL): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void => {
      socket.destroy();
      reject(unreachable(hub, cause));
    };
    const socket = connectTls({
      host: hostOf(hub),
      port: portOf(hub),
      // Nothing is sent on this connection: it ends as soon as it has shown who is there.
      rejectUnauthorized: false,
      timeout: patienceMs,
    });
    socket.once("error", fail);
    socket.once("timeout", () => fail(new Error("no answer")));
    socket.once("secureConnect", () => {
      const last = endOfChain(socket.getPeerCertificate(true));
      socket.destroy();
      if (last === null) fail(new Error("it shows no certificate of an authority"));
      else resolve(last);
    });
  });
}

function endOfChain(leaf: DetailedPeerCertificate): X509Certificate | null {
  let at: DetailedPeerCertificate | undefined = leaf;
  for (let length = 0; length < chainLengthMax && at?.raw !== undefined; length += 1) {
    if (at.issuerCertificate === at) return new X509Certificate(at.raw);
    at = at.issuerCertificate;
  }
  return null;
}

/** What a request to a hub is made with. */
export interface HubRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly body?: object;
  /** Certificate of the hub's authority, as PEM. */
  readonly authority: string;
  /** What the device shows, as PEM; nothing where it has none yet. */
  readonly identity?: { readonly certificate: string; readonly key: string };
}

/**
 * Asks a hub whose authority is known. Throws badInput "hub-refused" with the hub's own sentence, machineFault
 * "hub-unreachable" for anything else.
 */
export async function askHub<T>(asked: HubRequest, schema: z.ZodType<T>): Promise<T> {
  const { status, text } = await exchange(asked);
  const answer = parseJson(text);
  const parsed = schema.safeParse(answer);
  if (status < 300 && parsed.success) return parsed.data;
  const refusal = apiErrorSchema.safeParse(answer);
  if (status >= 400 && status < 500 && refusal.success)
    throw badInput("hub-refused", `The hub refuses: ${refusal.data.message}`);
  throw unreachable(asked.url, new Error(`it answered with ${status}`));
}

function exchange(asked: HubRequest): Promise<{ status: number; text: string }> {
  const { method, url, body, authority, identity } = asked;
  return new Promise((resolve, reject) => {
    const request = requestByTls(
      url,
      {
        method,
        ca: authority,
        ...(identity === undefined ? {} : { cert: identity.certificate, key: identity.key }),
        ...(body === undefined ? {} : { headers: { "content-type": "application/json" } }),
        agent: false,
        timeout: patienceMs,
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > answerBytesMax) request.destroy(new Error("its answer is too long"));
          else chunks.push(chunk);
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer")));
    request.on("error", (cause) => reject(unreachable(url, cause)));
    request.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function portOf(url: URL): number {
  return url.port === "" ? 443 : Number(url.port);
}

function unreachable(hub: URL, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  return machineFault(
    "hub-unreachable",
    `The hub at ${hub.host} cannot be asked (${message || String(code)}): check the address, the network, and that emberwatch up runs there.`,
    { cause },
  );
}
