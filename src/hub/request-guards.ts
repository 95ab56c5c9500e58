import type { Context, MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import type { ApiError } from "#wire/hub-api.ts";
import { hostnameOf, isLoopbackHost } from "./loopback-host.ts";

/** Longer request bodies are refused. */
export const requestBytesMax = 16 * 1024;

/** Status codes of refusals. */
export type RefusalStatus = 400 | 403 | 404 | 405 | 409 | 413 | 415 | 429 | 500 | 503 | 504;

/** An answer that says what is wrong, as of `apiErrorSchema`. */
export function refuse(
  context: Context,
  status: RefusalStatus,
  error: { readonly code: string; readonly message: string },
): Response {
  const body: ApiError = { code: error.code, message: error.message };
  return context.json(body, status);
}

/**
 * Why a request must not be served; null when it may. The Host must be a name of this machine, or a page elsewhere
 * could reach us by a name it lets point here (DNS rebinding); the Origin, where there is one, must be the same host,
 * or a page elsewhere could act in the user's name.
 */
export function crossSiteRefusal(headers: {
  readonly host: string | undefined;
  readonly origin: string | undefined;
}): ApiError | null {
  const hostname = headers.host === undefined ? null : hostnameOf(headers.host);
  if (hostname === null || !isLoopbackHost(hostname)) {
    return {
      code: "host-not-allowed",
      message: "This hub answers only to localhost and 127.0.0.1: open it by one of these names.",
    };
  }
  if (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) {
    return {
      code: "origin-not-allowed",
      message: "This hub takes requests only from its own page.",
    };
  }
  return null;
}

/** Refuses requests by another host's name, and acts that another site's page asks for. */
export function guardSite(): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header("host") ?? new URL(context.req.url).host;
    const refusal = crossSiteRefusal({ host, origin: context.req.header("origin") });
    if (refusal !== null) return refuse(context, 403, refusal);
    return next();
  };
}

/** Refuses every method but these at an address that is there, and says which it takes. */
export function guardMethods(allowed: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    if (allowed.includes(method)) return next();
    context.header("allow", allowed.join(", "));
    return refuse(context, 405, {
      code: "method-not-allowed",
      message: `${method} is not allowed here: use ${allowed[0]}.`,
    });
  };
}

/** Refuses bodies that are not JSON by their header, which a form on another site's page cannot send. */
export function guardJson(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.method !== "POST") return next();
    const type = context.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
    if (type === "application/json") return next();
    return refuse(context, 415, {
      code: "not-json",
      message: "Send the request as JSON with the header content-type: application/json.",
    });
  };
}

/** Headers by which the browser keeps the page to itself: own scripts only, no frames, no guessing of types. */
export function pageHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", "data:", "blob:"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: "DENY",
    xContentTypeOptions: "nosniff",
    referrerPolicy: "no-referrer",
    // Served on loopback without TLS: telling browsers to insist on TLS for "localhost" would break other programs.
    strictTransportSecurity: false,
  });
}
