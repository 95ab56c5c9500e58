import { resolve } from "node:path";
import { build } from "vite";

/** Where the page lands when nobody says otherwise. */
export const dashboardFolder = resolve(import.meta.dirname, "../dist/dashboard");

/**
 * Builds the dashboard into a folder of static files that any web server can serve from any path. Everything is a
 * file of its own (no data: URLs, no inline scripts), so that the strictest content security policy holds.
 */
export async function buildDashboard(outFolder: string): Promise<void> {
  const root = resolve(import.meta.dirname, "../src/dashboard");
  await build({
    root,
    base: "./",
    configFile: false,
    logLevel: "warn",
    publicDir: resolve(root, "public"),
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: outFolder,
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      license: { fileName: "licences.md" },
    },
  });
}

if (import.meta.main) await buildDashboard(dashboardFolder);
