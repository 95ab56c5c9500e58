import { z } from "zod";
import { deviceIdSchema } from "#wire/device-id.ts";
import { apiErrorSchema } from "#wire/hub-api.ts";
import type { ApiContent, ApiRoute } from "./api-route.ts";

/** A part of an OpenAPI document: plain JSON. */
export type JsonObject = { readonly [key: string]: unknown };

/** As much of an OpenAPI 3.1 document as its page shows. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
}

/** One route of it. */
export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: true; readonly content: JsonObject };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: JsonObject }>
  >;
}

/** Something in a path or query. */
export interface OpenApiParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: JsonObject;
}

const description =
  "What the page does goes by this API. It answers this machine only, by localhost or 127.0.0.1, and has no login yet. " +
  "Times are whole microseconds since the Unix epoch; what is not known is null. The live stream is a WebSocket at /api/live.";

/** Describes routes as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html), whose schemas are JSON Schema 2020-12. */
export function openApiDocument(routes: readonly ApiRoute[], version: string): OpenApiDocument {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return { openapi: "3.1.1", info: { title: "Emberwatch", version, description }, paths };
}

function operationOf(route: ApiRoute): OpenApiOperation {
  const { method, path, summary, query, body, answer, alsoAnswers = {}, refusals } = route;
  const content = contentOf(answer, "output");
  const refused = { "application/json": { schema: schemaOf(apiErrorSchema, "output") } };
  return {
    operationId: `${method}${path.replace(/[^a-zA-Z]+(\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
    summary,
    parameters: [...pathParameters(path), ...(query === undefined ? [] : queryParameters(query))],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf(body, "input") } }),
    responses: {
      200: { description: "Done", content },
      ...Object.fromEntries(
        Object.entries(alsoAnswers).map(([status, text]) => [status, { description: text, content }]),
      ),
      ...Object.fromEntries(
        refusals.map((status) => [
          status,
          { description: refusalWords[status] ?? "Refused", content: refused },
        ]),
      ),
    },
  };
}

const refusalWords: Readonly<Record<number, string>> = {
  400: "The request is not as described",
  404: "There is none of this name",
  409: "Refused, with the reason",
  413: "The body is too large",
  415: "The body is not JSON by its header",
  503: "The hub cannot take it now",
  504: "The device did not answer",
};

function contentOf(content: ApiContent, io: "input" | "output"): JsonObject {
  return content.kind === "json"
    ? { "application/json": { schema: schemaOf(content.schema, io) } }
    : { [content.mediaType]: { schema: { type: "string", description: content.what } } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

function pathParameters(path: string): readonly OpenApiParameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: name === "id" ? schemaOf(deviceIdSchema, "output") : { type: "string" },
  }));
}

function queryParameters(query: z.ZodObject): readonly OpenApiParameter[] {
  return Object.entries(query.shape).map(([name, schema]) => ({
    name,
    in: "query",
    required: !z.safeParse(schema, undefined).success,
    schema: schemaOf(schema as z.ZodType, "output"),
  }));
}
