import type { z } from "zod";

/** One answer or request body, by its media type: JSON of a schema, or something else in words. */
export type ApiContent =
  | { readonly kind: "json"; readonly schema: z.ZodType }
  | { readonly kind: "other"; readonly mediaType: string; readonly what: string };

/** What the API's description says of one route; kept beside the routes and checked against them by a test. */
export interface ApiRoute {
  readonly method: "get" | "post" | "put";
  /** As Hono writes it, for example "/api/devices/:id/acts". */
  readonly path: string;
  /** What it is for, a few words. */
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: ApiContent;
  /** The answer where all goes well. */
  readonly answer: ApiContent;
  /** Further states with the same content as the answer. */
  readonly alsoAnswers?: Readonly<Record<number, string>>;
  /** States of refusals, each with a code and a sentence. */
  readonly refusals: readonly number[];
}

/** Content that is JSON of this schema. */
export function json(schema: z.ZodType): ApiContent {
  return { kind: "json", schema };
}
