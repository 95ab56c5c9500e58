import { X509Certificate } from "node:crypto";
import type { SecureContextOptions } from "node:tls";
import type { Clock } from "#core/time.ts";
import type { CertificateAuthority, KeyAndCertificate } from "./certificate-authority.ts";

/** A server's certificate is made anew when it ends sooner than this. */
export const serverRenewBeforeMicros = 30 * 24 * 3_600_000_000;

/** What a server's certificate is made with. */
export interface ServerCertificateOptions {
  readonly authority: CertificateAuthority;
  readonly clock: Clock;
  /** Names and addresses by which devices reach this hub, asked for again and again: addresses may change. */
  readonly names: () => readonly string[];
}

/**
 * Key and certificate of the hub's own servers. They are made at each start and kept in memory alone; a new pair takes
 * their place before they end, and when the machine has got another address.
 */
export class ServerCertificate {
  readonly #options: ServerCertificateOptions;
  #pair: KeyAndCertificate;
  #names: string;
  #endsAtMicros: number;

  constructor(options: ServerCertificateOptions, names: readonly string[], pair: KeyAndCertificate) {
    this.#options = options;
    this.#names = names.join();
    this.#pair = pair;
    this.#endsAtMicros = endOf(pair);
  }

  /** Makes the first pair. */
  static async make(options: ServerCertificateOptions): Promise<ServerCertificate> {
    const names = options.names();
    return new ServerCertificate(options, names, await options.authority.issueServer(names));
  }

  /** What a TLS server works with: its own pair, and whose certificates of clients it takes. */
  get secureContext(): SecureContextOptions {
    const { certificatePem: ca } = this.#options.authority;
    // The authority goes along, so that a device that is being enrolled can compare it with its code.
    return { key: this.#pair.keyPem, cert: `${this.#pair.certificatePem}\n${ca}`, ca, minVersion: "TLSv1.3" };
  }

  /** Makes a new pair where one is due; "renewed" when servers have to take over the new `secureContext`. */
  async renewIfDue(): Promise<"renewed" | "kept"> {
    const { authority, clock, names } = this.#options;
    const wanted = names();
    const endsSoon = this.#endsAtMicros - clock.nowMicros() < serverRenewBeforeMicros;
    if (!endsSoon && wanted.join() === this.#names) return "kept";
    const pair = await authority.issueServer(wanted);
    this.#pair = pair;
    this.#names = wanted.join();
    this.#endsAtMicros = endOf(pair);
    return "renewed";
  }
}

function endOf(pair: KeyAndCertificate): number {
  return Date.parse(new X509Certificate(pair.certificatePem).validTo) * 1_000;
}
