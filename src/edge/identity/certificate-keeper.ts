import { X509Certificate } from "node:crypto";
import type { BrokerCredentials } from "#core/messaging/broker-credentials.ts";
import type { Cancel, Clock } from "#core/time.ts";
import { type CertificateCredentials, type Credentials, checkCredentials } from "../credentials-file.ts";

/** A certificate is renewed from so long before its end. */
export const renewBeforeMicros = 60 * 24 * 3_600_000_000;
/** One that ends sooner than this and is not renewed is trouble. */
export const troubleBeforeMicros = 14 * 24 * 3_600_000_000;
/** How often its end is looked at, and a renewal tried that failed. */
export const lookEveryMs = 2 * 3_600_000;
/** A trouble's text has at most 500 characters. */
const causeCharactersMax = 250;

/** What a certificate keeper needs. */
export interface CertificateKeeperOptions {
  readonly clock: Clock;
  readonly read: (path: string) => Promise<Credentials>;
  /** Replaces a file of credentials, whole or not at all. */
  readonly replace: (path: string, credentials: CertificateCredentials) => Promise<void>;
  readonly renew: (now: CertificateCredentials) => Promise<CertificateCredentials>;
  /** The trouble "certificate-expiring" stands or does not. */
  readonly onTrouble: (trouble: { readonly active: boolean; readonly text: string }) => void;
  readonly onRenewed: (credentials: BrokerCredentials) => void;
  readonly log: (line: string) => void;
}

/** Looks after a device's certificate: renews it long before its end, and says so when that does not succeed. */
export class CertificateKeeper {
  readonly #options: CertificateKeeperOptions;
  #cancel: Cancel | null = null;
  #isLooking = false;

  constructor(options: CertificateKeeperOptions) {
    this.#options = options;
  }

  /**
   * Reads credentials, and looks after them from now on where they are a certificate. Throws
   * what `read` and `checkCredentials` throw.
   */
  async open(
    path: string,
    shown: { readonly deviceId: string; readonly brokerUrl: string },
  ): Promise<BrokerCredentials> {
    const { clock, read, onTrouble } = this.#options;
    const credentials = await read(path);
    checkCredentials(credentials, shown);
    this.stop();
    if (!("certificate" in credentials)) {
      onTrouble({ active: false, text: "This device logs in by a password." });
      return credentials;
    }
    let now = credentials;
    const look = async (): Promise<void> => {
      if (this.#isLooking) return;
      this.#isLooking = true;
      now = await this.#look(path, now);
      this.#isLooking = false;
    };
    this.#cancel = clock.every(lookEveryMs, () => void look());
    void look();
    return credentials;
  }

  /** Looks no more; safe to call twice. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Renews what is due; the credentials from now on. */
  async #look(path: string, now: CertificateCredentials): Promise<CertificateCredentials> {
    const { clock, renew, replace, onRenewed, log } = this.#options;
    if (endOf(now) - clock.nowMicros() >= renewBeforeMicros) {
      this.#tell(now, "");
      return now;
    }
    try {
      const next = await renew(now);
      await replace(path, next);
      log(`${now.device}: the certificate is renewed, until ${dayOf(endOf(next))}`);
      onRenewed(next);
      this.#tell(next, "");
      return next;
    } catch (error) {
      const cause = (error instanceof Error ? error.message : String(error)).slice(0, causeCharactersMax);
      log(`${now.device}: the certificate cannot be renewed yet: ${cause}`);
      this.#tell(now, cause);
      return now;
    }
  }

  #tell(now: CertificateCredentials, cause: string): void {
    const { clock, onTrouble } = this.#options;
    const endsAtMicros = endOf(now);
    const leftMicros = endsAtMicros - clock.nowMicros();
    const day = dayOf(endsAtMicros);
    if (leftMicros >= troubleBeforeMicros) {
      onTrouble({ active: false, text: `This device's certificate holds until ${day}.` });
      return;
    }
    const verb = leftMicros > 0 ? "ends" : "has ended";
    const remedy = "After its end the hub lets the device in no more: mend that, or enrol it anew.";
    onTrouble({
      active: true,
      text: `This device's certificate ${verb} on ${day} and is not renewed (${cause}). ${remedy}`,
    });
  }
}

function endOf({ certificate }: CertificateCredentials): number {
  return Date.parse(new X509Certificate(certificate).validTo) * 1_000;
}

function dayOf(atMicros: number): string {
  return new Date(atMicros / 1_000).toISOString().slice(0, 10);
}
