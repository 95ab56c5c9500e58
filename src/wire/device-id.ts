import { z } from "zod";

/** Device and room ids: what an MQTT topic level, a file name and a URL can all carry. */
export const deviceIdSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    "a device id is 1 to 63 of a–z, 0–9 and '-', and begins with a letter or digit",
  );
