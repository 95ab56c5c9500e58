/** A name and the password that goes with it. */
export interface PasswordLogin {
  readonly username: string;
  readonly password: string;
}

/** A certificate by which a device shows who it is, as PEM. */
export interface CertificateIdentity {
  readonly certificate: string;
  readonly key: string;
  /** Certificate of the authority that the broker's certificate has to be signed by. */
  readonly authority: string;
}

/** How a client shows a broker who it is. */
export type BrokerCredentials = PasswordLogin | CertificateIdentity;
