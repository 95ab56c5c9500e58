import { createHash, randomBytes } from "node:crypto";
import { badInput } from "#core/failure.ts";
import { type Clock, microsPerMillisecond } from "#core/time.ts";
import { codeText, pinOf, secretCharacters, secretOf } from "#wire/enrolment-code.ts";
import type { EnrolmentView, EnrolState } from "#wire/enrolment-messages.ts";
import { shortFingerprint } from "#wire/enrolment-messages.ts";
import { type CheckedRequest, checkRequest } from "../identity/certificate-request.ts";
import type { DeviceIdentities } from "../identity/device-identities.ts";
import type { Refusals } from "../refusals.ts";

/** Codes that hold at once; a further one is refused. */
export const openCodesMax = 32;
/** Devices that wait for a person at once; a further one is refused. */
export const waitingMax = 32;
/** Whoever is not confirmed by then has to ask anew. */
export const confirmWithinMs = 30 * 60_000;
/** Wrong codes of one address in `triesForgottenAfterMs`; then that address is refused for as long. */
export const wrongTriesPerAddressMax = 5;
/** Wrong codes of all addresses in that time; then all codes are withdrawn. */
export const wrongTriesMax = 100;
/** So long are wrong codes remembered. */
export const triesForgottenAfterMs = 600_000;

/** What an enrolment desk needs. */
export interface EnrolmentDeskOptions {
  readonly clock: Clock;
  readonly identities: DeviceIdentities;
  readonly refusals: Refusals;
  /** Certificates were revoked: their connections are to be ended. */
  readonly onRevoked: () => void;
  readonly log: (line: string) => void;
}

interface Applicant {
  readonly id: string;
  readonly checked: CheckedRequest;
  readonly address: string;
  readonly atMicros: number;
  readonly endsMs: number;
  readonly brokerUrl: string;
  state: "waiting" | "deciding" | "refused" | { readonly certificate: string };
}

/**
 * Lets devices in: a person makes a code, a device shows it once and in time, and a person confirms that the device in
 * front of them is the one that asks. Nothing of it outlives the hub's process but the certificates.
 */
export class EnrolmentDesk {
  readonly #options: EnrolmentDeskOptions;
  /** When codes end, by the hash of their secrets, so that looking one up says nothing about it. */
  readonly #codes = new Map<string, number>();
  /** By ticket. */
  readonly #applicants = new Map<string, Applicant>();
  readonly #wrongTries: { readonly address: string; readonly atMs: number }[] = [];
  #nextId = 1;

  constructor(options: EnrolmentDeskOptions) {
    this.#options = options;
  }

  /** Makes a code for one device. Throws badInput "too-many-codes". */
  async newCode(wanted: {
    readonly by: string;
    readonly minutes: number;
  }): Promise<{ code: string; endsAtMicros: number }> {
    this.#forget();
    if (this.#codes.size >= openCodesMax)
      throw badInput(
        "too-many-codes",
        `${openCodesMax} codes hold already: use them, or wait until they end.`,
      );
    const { clock, identities, log } = this.#options;
    const secret = secretOf(randomBytes(secretCharacters));
    const pin = await pinOf(secret, identities.authority.publicKeyDer);
    const endsAtMicros = clock.nowMicros() + Math.round(wanted.minutes * 60_000) * microsPerMillisecond;
    this.#codes.set(hashOf(secret), clock.monotonicMs() + wanted.minutes * 60_000);
    log(`enrolment: ${wanted.by} made a code that holds for ${wanted.minutes} minutes`);
    return { code: codeText({ secret, pin }), endsAtMicros };
  }

  /**
   * A device shows a code's secret and asks for a certificate; the ticket by which it hears how that goes on. Throws
   * badInput "request-refused", "code-refused" and "too-many-requests".
   */
  async ask(asked: {
    readonly secret: string;
    readonly request: string;
    readonly address: string;
    readonly brokerUrl: string;
  }): Promise<string> {
    this.#forget();
    const { clock, log } = this.#options;
    const { address, brokerUrl } = asked;
    if (this.#wrongTries.filter((wrong) => wrong.address === address).length >= wrongTriesPerAddressMax)
      throw this.#wrong(address, "too many wrong codes came from this address: wait ten minutes");
    const checked = await checkRequest(asked.request);
    const hash = hashOf(asked.secret);
    if (!this.#codes.has(hash)) throw this.#wrong(address, "it is wrong, used already, or has ended");
    if (this.#applicants.size >= waitingMax)
      throw badInput("too-many-requests", `${waitingMax} devices wait for a person already.`);
    this.#codes.delete(hash);
    const ticket = randomBytes(24).toString("base64url");
    const id = String(this.#nextId);
    this.#nextId += 1;
    this.#applicants.set(ticket, {
      id,
      checked,
      address,
      brokerUrl,
      atMicros: clock.nowMicros(),
      endsMs: clock.monotonicMs() + confirmWithinMs,
      state: "waiting",
    });
    log(
      `enrolment: ${checked.deviceId} at ${address} asks to be let in, key ${shortFingerprint(checked.keyFingerprint)}: emberwatch enrol confirm ${id}, or refuse ${id}`,
    );
    return ticket;
  }

  /** How far a device's enrolment is; null for a ticket that is none, or none any more. */
  state(ticket: string): EnrolState | null {
    this.#forget();
    const applicant = this.#applicants.get(ticket);
    if (applicant === undefined) return null;
    const { state, brokerUrl } = applicant;
    if (state === "waiting" || state === "deciding") return { state: "waiting" };
    if (state === "refused") return { state };
    return { state: "issued", certificate: state.certificate, brokerUrl };
  }

  /**
   * A person has compared the fingerprints and lets the device in. Certificates that a device of this id had before are
   * revoked. Throws badInput "no-such-request" and what issuing and revoking throw.
   */
  async confirm(id: string, by: string): Promise<string> {
    const { identities, onRevoked, log } = this.#options;
    const applicant = this.#waiting(id);
    const { deviceId } = applicant.checked;
    applicant.state = "deciding";
    try {
      if (await this.#hasCertificate(deviceId)) {
        await identities.revokeDevice(deviceId);
        onRevoked();
        log(`enrolment: the certificates that ${deviceId} had before are revoked`);
      }
      applicant.state = { certificate: await identities.issue(applicant.checked) };
    } catch (error) {
      applicant.state = "waiting";
      throw error;
    }
    log(`enrolment: ${by} let ${deviceId} in`);
    return deviceId;
  }

  /** A person does not let the device in. Throws badInput "no-such-request". */
  refuse(id: string, by: string): string {
    const applicant = this.#waiting(id);
    applicant.state = "refused";
    this.#options.log(`enrolment: ${by} refused ${applicant.checked.deviceId}`);
    return applicant.checked.deviceId;
  }

  /** Shuts a device out. Throws badInput "no-certificate". */
  async revoke(device: string, act: { readonly by: string; readonly reason: string }): Promise<void> {
    await this.#options.identities.revokeDevice(device);
    this.#options.onRevoked();
    const why = act.reason === "" ? "" : `: ${act.reason}`;
    this.#options.log(`enrolment: ${act.by} revoked the certificates of ${device}${why}`);
  }

  /** Who waits, and which certificates there are. */
  async view(): Promise<EnrolmentView> {
    this.#forget();
    const { identities } = this.#options;
    const certificates = await identities.all();
    const holding = new Set(certificates.flatMap(({ device, revoked }) => (revoked ? [] : [device])));
    return {
      authority: identities.authority.keyFingerprint,
      authorityEndsAtMicros: identities.authority.endsAtMicros,
      openCodes: this.#codes.size,
      waiting: [...this.#applicants.values()]
        .filter(({ state }) => state === "waiting")
        .map(({ id, checked, address, atMicros }) => ({
          id,
          device: checked.deviceId,
          keyFingerprint: checked.keyFingerprint,
          address,
          atMicros,
          replaces: holding.has(checked.deviceId),
        })),
      devices: certificates,
    };
  }

  #waiting(id: string): Applicant {
    this.#forget();
    const applicant = [...this.#applicants.values()].find((one) => one.id === id && one.state === "waiting");
    if (applicant === undefined)
      throw badInput(
        "no-such-request",
        `No device waits as number ${id}: emberwatch enrol list shows who does.`,
      );
    return applicant;
  }

  async #hasCertificate(device: string): Promise<boolean> {
    return (await this.#options.identities.all()).some((known) => known.device === device && !known.revoked);
  }

  #wrong(address: string, why: string): Error {
    const { clock, refusals, log } = this.#options;
    refusals.count({
      kind: "wrong-code",
      peer: address,
      what: `shows an enrolment code that is not taken: ${why}`,
    });
    this.#wrongTries.push({ address, atMs: clock.monotonicMs() });
    if (this.#wrongTries.length >= wrongTriesMax) {
      this.#wrongTries.splice(0, this.#wrongTries.length - wrongTriesMax);
      if (this.#codes.size > 0) log("enrolment: too many wrong codes were tried, so all codes are withdrawn");
      this.#codes.clear();
    }
    return badInput(
      "code-refused",
      `The code is not taken: ${why}. emberwatch enrol on the hub makes a new one.`,
    );
  }

  #forget(): void {
    const { clock } = this.#options;
    const nowMs = clock.monotonicMs();
    for (const [hash, endsMs] of this.#codes) if (endsMs <= nowMs) this.#codes.delete(hash);
    for (const [ticket, { endsMs }] of this.#applicants) if (endsMs <= nowMs) this.#applicants.delete(ticket);
    const kept = this.#wrongTries.findIndex(({ atMs }) => nowMs - atMs < triesForgottenAfterMs);
    this.#wrongTries.splice(0, kept === -1 ? this.#wrongTries.length : kept);
  }
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
