import { readFile, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { Context } from "hono";

/** A larger file is no part of a dashboard. */
const fileBytesMax = 16 * 1024 * 1024;

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

const notBuilt = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Emberwatch</title></head>
<body><h1>The dashboard is not built</h1>
<p>The hub works and watches, but its page is missing. Run <code>npm run build</code> in the Emberwatch folder, then
start it again. Until then, <a href="/api/health">/api/health</a> and <a href="/api/devices">/api/devices</a>
tell how the devices are.</p></body></html>
`;

/**
 * Answers with a file of the dashboard; "/" is index.html. Null for a path that names none: not there, outside the
 * folder (by "..", an absolute path or a link), of an unknown type. 503 with what to do while there is no dashboard.
 */
export async function serveStatic(context: Context, folder: string | null): Promise<Response | null> {
  const root = folder === null ? null : await realpathOrNull(folder);
  const path = decodedPath(context.req.path);
  if (root === null || (await realpathOrNull(join(root, "index.html"))) === null) {
    return path === "/" ? context.html(notBuilt, 503, { "cache-control": "no-store" }) : null;
  }
  if (path === null) return null;
  const file = await realpathOrNull(join(root, path === "/" ? "index.html" : path));
  const type = file === null ? undefined : contentTypes[extname(file)];
  if (file === null || type === undefined || !file.startsWith(root + sep)) return null;
  const { size } = await stat(file);
  if (size > fileBytesMax) return null;
  const body = new Uint8Array(await readFile(file));
  return context.body(body, 200, { "content-type": type, "cache-control": cacheControl(path) });
}

/** Built assets carry a hash in their name and never change; the page itself is asked for anew. */
function cacheControl(path: string): string {
  return path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
}

function decodedPath(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path);
    return decoded.includes("\0") || decoded.includes("\\") ? null : decoded;
  } catch {
    return null;
  }
}

async function realpathOrNull(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG" || code === "ELOOP") return null;
    throw error;
  }
}
