import type { LiveSocket } from "./live-link.ts";
import type { TextStorage } from "./model/view-settings.ts";

/** Opens the live stream of the hub this page came from. */
export function openLiveSocket(): LiveSocket {
  const url = new URL("api/live", document.baseURI);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.search = "";
  url.hash = "";
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  return socket as LiveSocket;
}

/** Where this browser remembers settings; null where it is told to remember nothing, which loses comfort only. */
export function browserStorage(): TextStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
