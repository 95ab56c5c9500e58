import { z } from "zod";
import { deviceIdSchema } from "./device-id.ts";

/** Port at which devices find the broker by TLS, as IANA has it (secure-mqtt). */
export const secureMqttPort = 8_883;
/** Port at which devices are enrolled. */
export const enrolmentPort = 8_443;
/** A request for the certificate of a P-256 key has some 400 characters. */
export const requestCharactersMax = 4_096;
/** A certificate has some 800 characters. */
const certificateCharactersMax = 8_192;
const micros = z.int().nonnegative();
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** Address of enrolment at a hub: POST `enrolRequestSchema`, answered by `enrolTicketSchema`. */
export const enrolPath = "/v1/enrolments";
/** Address of renewal at a hub, for who shows a certificate that still holds: POST `renewRequestSchema`. */
export const renewPath = "/v1/renewals";

/** A device asks to be enrolled, by the secret of a code. */
export const enrolRequestSchema = z.strictObject({
  secret: z.string().min(1).max(100),
  /** PKCS #10 as PEM; its subject is the device id. */
  request: z.string().max(requestCharactersMax),
});

/** The hub took the request; a person decides. */
export const enrolTicketSchema = z.strictObject({ ticket: z.string().regex(/^[A-Za-z0-9_-]{10,100}$/) });

/** How far an enrolment is: GET `enrolPath`/TICKET. */
export const enrolStateSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("waiting") }),
  z.strictObject({ state: z.literal("refused") }),
  z.strictObject({
    state: z.literal("issued"),
    certificate: z.string().max(certificateCharactersMax),
    /** Like mqtts://192.168.1.10:8883 */
    brokerUrl: z.string().max(1_000),
  }),
]);
/** See `enrolStateSchema`. */
export type EnrolState = z.infer<typeof enrolStateSchema>;

/** A device asks for its next certificate, with the one that it has shown in the TLS handshake. */
export const renewRequestSchema = z.strictObject({ request: z.string().max(requestCharactersMax) });

/** The next certificate. */
export const renewedSchema = z.strictObject({ certificate: z.string().max(certificateCharactersMax) });

/** POST /api/enrolment/codes: a new code for one device. */
export const codeRequestSchema = z.strictObject({
  by: z.string().trim().min(1).max(100),
  minutes: z.number().min(1).max(60).default(10),
});

/** The answer: what to type on the device. */
export const newCodeSchema = z.strictObject({
  code: z.string(),
  /** Where the device asks. */
  url: z.string(),
  endsAtMicros: micros,
});
/** See `newCodeSchema`. */
export type NewCode = z.infer<typeof newCodeSchema>;

/** POST /api/enrolment/requests/:id/confirm and /refuse. */
export const decisionSchema = z.strictObject({ by: z.string().trim().min(1).max(100) });

/** POST /api/enrolment/devices/:id/revoke. */
export const revokeRequestSchema = z.strictObject({
  by: z.string().trim().min(1).max(100),
  reason: z.string().trim().max(500).default(""),
});

/** The answer to a decision or a revocation: what was done, in one sentence. */
export const enrolmentDoneSchema = z.strictObject({ text: z.string() });

/** GET /api/enrolment: who waits for a person, and which certificates there are. */
export const enrolmentViewSchema = z.strictObject({
  /** SHA-256 of the authority's public key. */
  authority: fingerprint,
  authorityEndsAtMicros: micros,
  openCodes: z.int().nonnegative(),
  waiting: z.array(
    z.strictObject({
      id: z.string(),
      device: deviceIdSchema,
      /** SHA-256 of the device's public key, of which both sides show the beginning. */
      keyFingerprint: fingerprint,
      address: z.string(),
      atMicros: micros,
      /** True when a device of this id has a certificate already; confirming revokes that one. */
      replaces: z.boolean(),
    }),
  ),
  devices: z.array(
    z.strictObject({
      device: deviceIdSchema,
      serial: z.string(),
      endsAtMicros: micros,
      revoked: z.boolean(),
    }),
  ),
});
/** See `enrolmentViewSchema`. */
export type EnrolmentView = z.infer<typeof enrolmentViewSchema>;

/** What a person compares on both sides: the first 64 bits of a key's fingerprint, in four groups. */
export function shortFingerprint(fingerprintHex: string): string {
  return (fingerprintHex.slice(0, 16).match(/.{4}/g) ?? []).join("-");
}
