import type { Clock } from "#core/time.ts";
import type { CertificateCredentials } from "#edge/credentials-file.ts";
import { CertificateAuthority, selfSignedAuthority } from "#hub/identity/certificate-authority.ts";
import { keyPemOf, newKeys, signingKeyOf } from "#hub/identity/signing-key.ts";

/** The credentials of an enrolled device, from an authority of its own. */
export async function issuedCertificate(device: string, clock: Clock): Promise<CertificateCredentials> {
  const keyPem = await keyPemOf((await newKeys()).privateKey);
  const certificatePem = await selfSignedAuthority(keyPem, clock);
  const signingKey = await signingKeyOf(keyPem);
  const authority = new CertificateAuthority({ clock, certificatePem, signingKey });
  const issued = await authority.issueLocalDevice(device);
  return {
    device,
    certificate: issued.certificatePem,
    key: issued.keyPem,
    authority: certificatePem,
    renewUrl: "https://hub:8443/v1/renewals",
  };
}
