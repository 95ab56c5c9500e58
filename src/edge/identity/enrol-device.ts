import { badInput } from "#core/failure.ts";
import type { Clock } from "#core/time.ts";
import type { EnrolmentCode } from "#wire/enrolment-code.ts";
import { enrolPath, enrolStateSchema, enrolTicketSchema, renewPath } from "#wire/enrolment-messages.ts";
import type { CertificateCredentials } from "../credentials-file.ts";
import { newDeviceRequest } from "./device-request.ts";
import { askHub, pinnedAuthority } from "./hub-requests.ts";

/** The hub is asked so often whether a person has decided. */
const askEveryMs = 1_000;
/** Longer than the hub lets a device wait for a person. */
const waitMaxMs = 35 * 60_000;

/** What an enrolment is made with. */
export interface EnrolmentOptions {
  readonly clock: Clock;
  /** Like https://192.168.1.10:8443 */
  readonly hub: URL;
  readonly deviceId: string;
  readonly code: EnrolmentCode;
  /** Told once the hub has the request: a person is to compare this fingerprint (SHA-256 of the public key). */
  readonly onWaiting: (keyFingerprint: string) => void;
}

/** An enrolled device: how it shows who it is, and where the broker is. */
export interface Enrolled {
  readonly credentials: CertificateCredentials;
  readonly brokerUrl: string;
}

/**
 * Enrols this device: makes its key, proves that the hub is the one of the code, shows the code's secret and waits for
 * the person there. Throws badInput "hub-not-trusted", "hub-refused", "enrolment-refused" and "enrolment-late",
 * machineFault "hub-unreachable".
 */
export async function enrolDevice(options: EnrolmentOptions): Promise<Enrolled> {
  const { clock, hub, deviceId, code, onWaiting } = options;
  const authority = await pinnedAuthority(hub, code);
  const { keyPem, requestPem, keyFingerprint } = await newDeviceRequest(deviceId);
  const { ticket } = await askHub(
    {
      method: "POST",
      url: new URL(enrolPath, hub),
      body: { secret: code.secret, request: requestPem },
      authority,
    },
    enrolTicketSchema,
  );
  onWaiting(keyFingerprint);
  const beganMs = clock.monotonicMs();
  const url = new URL(`${enrolPath}/${ticket}`, hub);
  while (clock.monotonicMs() - beganMs < waitMaxMs) {
    const answer = await askHub({ method: "GET", url, authority }, enrolStateSchema);
    if (answer.state === "refused")
      throw badInput("enrolment-refused", `The person at the hub refused ${deviceId}: ask them why.`);
    if (answer.state === "issued") {
      const renewUrl = new URL(renewPath, hub).href;
      return {
        credentials: { device: deviceId, certificate: answer.certificate, key: keyPem, authority, renewUrl },
        brokerUrl: answer.brokerUrl,
      };
    }
    await new Promise<void>((resolve) => clock.after(askEveryMs, resolve));
  }
  throw badInput("enrolment-late", "Nobody has confirmed this device: begin again with a new code.");
}
