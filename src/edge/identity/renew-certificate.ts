import { renewedSchema } from "#wire/enrolment-messages.ts";
import type { CertificateCredentials } from "../credentials-file.ts";

/**
 * Gets the next certificate, for a new key, by showing the one that still holds. Throws badInput "hub-refused" and
 * machineFault "hub-unreachable".
 */
export async function renewCertificate(now: CertificateCredentials): Promise<CertificateCredentials> {
  // Loaded where it is needed, which is once a year: the library of certificates is large.
  const { newDeviceRequest } = await import("./device-request.ts");
  const { askHub } = await import("./hub-requests.ts");
  const { keyPem, requestPem } = await newDeviceRequest(now.device);
  const { certificate } = await askHub(
    {
      method: "POST",
      url: new URL(now.renewUrl),
      body: { request: requestPem },
      authority: now.authority,
      identity: now,
    },
    renewedSchema,
  );
  return { ...now, certificate, key: keyPem };
}
