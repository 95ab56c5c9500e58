import type { CapAlert, CapInfo } from "./cap-alert.ts";

/** Content type of `capXml` (RFC 6838 registration of CAP 1.2). */
export const capContentType = "application/cap+xml; charset=utf-8";

/** A message as XML of CAP 1.2. */
export function capXml(alert: CapAlert): string {
  const { scope } = alert;
  const lines = [
    element("identifier", alert.identifier),
    element("sender", alert.sender),
    element("sent", capTime(alert.sentAtMicros)),
    element("status", alert.status),
    element("msgType", alert.msgType),
    element("source", alert.source),
    element("scope", scope.kind),
    ...(scope.kind === "Restricted" ? [element("restriction", scope.restriction)] : []),
    ...(scope.kind === "Private" ? [element("addresses", group(scope.addresses))] : []),
    ...(alert.note === null ? [] : [element("note", alert.note)]),
    ...(alert.references.length === 0 ? [] : [element("references", references(alert))]),
    element("incidents", group([alert.incident])),
    ...(alert.info === null ? [] : ["<info>", ...infoLines(alert.info), "</info>"]),
  ];
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">';
  return `${[head, ...lines, "</alert>"].join("\n")}\n`;
}

function infoLines(info: CapInfo): readonly string[] {
  const { circle } = info.area;
  return [
    element("language", "en"),
    element("category", "Fire"),
    element("event", info.event),
    element("responseType", "Assess"),
    element("urgency", info.urgency),
    element("severity", info.severity),
    element("certainty", info.certainty),
    element("onset", capTime(info.onsetAtMicros)),
    element("senderName", info.senderName),
    element("headline", info.headline),
    element("description", info.description),
    element("instruction", info.instruction),
    ...Object.entries(info.parameters).map(
      ([name, value]) => `<parameter>${element("valueName", name)}${element("value", value)}</parameter>`,
    ),
    "<area>",
    element("areaDesc", info.area.description),
    ...(circle === null
      ? []
      : [
          element(
            "circle",
            `${circle.latitudeDegrees},${circle.longitudeDegrees} ${circle.radiusMetres / 1_000}`,
          ),
        ]),
    "</area>",
  ];
}

/** Whole seconds with the offset "-00:00" of UTC: the standard forbids "Z". */
export function capTime(atMicros: number): string {
  return `${new Date(atMicros / 1_000).toISOString().slice(0, 19)}-00:00`;
}

function references({ references: earlier }: CapAlert): string {
  return earlier
    .map(({ sender, identifier, sentAtMicros }) => `${sender},${identifier},${capTime(sentAtMicros)}`)
    .join(" ");
}

/** Words parted by spaces; one that has a space itself is quoted. */
function group(words: readonly string[]): string {
  return words.map((word) => (/\s/.test(word) ? `"${word.replaceAll('"', "'")}"` : word)).join(" ");
}

function element(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

/** Characters that XML 1.0 does not know, even escaped, are left out. */
function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .toWellFormed()
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
  );
}
