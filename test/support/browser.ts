import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const chromiumPath = process.env["EMBERWATCH_CHROMIUM"] ?? "/usr/bin/chromium";

/** Options for `test(name, …)`: skips with a clear line where there is no browser. */
export function needsBrowser(): { readonly skip: string | false } {
  return {
    skip: existsSync(chromiumPath)
      ? false
      : `no browser at ${chromiumPath}: install Debian's chromium, or set EMBERWATCH_CHROMIUM, to run this`,
  };
}

/** Starts a browser that talks to nobody but the pages it is sent to, with a fresh profile. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
