import qrcode from "qrcode-generator";
import { badInput } from "#core/failure.ts";
import {
  type EnrolmentView,
  enrolmentDoneSchema,
  enrolmentViewSchema,
  newCodeSchema,
  shortFingerprint,
} from "#wire/enrolment-messages.ts";
import type { Command, Invocation } from "../command.ts";
import { writeBrokerFiles } from "../enrol/broker-files.ts";
import { askHubApi, defaultHubUrl } from "../hub-api-client.ts";
import { numberOption } from "../parse-arguments.ts";
import { textTable } from "../text-table.ts";

interface EnrolAction {
  readonly options: readonly string[];
  /** What stands behind the action's name; empty where nothing does. */
  readonly word: string;
  run(invocation: Invocation, word: string): Promise<number>;
}

const newCode: EnrolAction = { options: ["hub", "by", "minutes", "no-qr"], word: "", run: makeCode };

const actions: Readonly<Record<string, EnrolAction>> = {
  list: { options: ["hub"], word: "", run: list },
  confirm: {
    options: ["hub", "by"],
    word: "NUMBER",
    run: (invocation, id) => decide(invocation, id, "confirm"),
  },
  refuse: {
    options: ["hub", "by"],
    word: "NUMBER",
    run: (invocation, id) => decide(invocation, id, "refuse"),
  },
  revoke: { options: ["hub", "by", "reason"], word: "DEVICE", run: revoke },
  broker: { options: ["data", "name", "out"], word: "", run: writeBrokerFiles },
};

/** Lets devices in at the hub, and shuts them out. */
export const enrolCommand: Command = {
  name: "enrol",
  summary: "Lets a device in at the hub by a one-time code, and shuts devices out.",
  usage:
    "[--minutes N]\n" +
    "       emberwatch enrol list\n" +
    "       emberwatch enrol confirm NUMBER\n" +
    "       emberwatch enrol refuse NUMBER\n" +
    "       emberwatch enrol revoke DEVICE [--reason TEXT]\n" +
    "       emberwatch enrol broker --name HOST [--out DIR] [--data DIR]",
  options: {
    hub: { value: "URL", help: `where the hub is (default ${defaultHubUrl})` },
    by: { value: "NAME", help: "who does it, for the log (default: the user's name)" },
    minutes: { value: "N", help: "for how long the code holds, 1 to 60 (default 10)" },
    "no-qr": { value: null, help: "prints the code without its QR code" },
    reason: { value: "TEXT", help: "of revoke: why, for the log" },
    name: { value: "HOST", help: "of broker: names and addresses by which devices reach it: a,b" },
    out: { value: "DIR", help: "of broker: where its files go (default broker)" },
    data: { value: "DIR", help: "of broker: where the hub keeps its state (default .emberwatch)" },
  },
  examples: [
    "emberwatch enrol",
    "emberwatch enrol list",
    "emberwatch enrol confirm 1",
    'emberwatch enrol revoke kitchen --reason "stolen"',
    "emberwatch enrol broker --name broker.example --out broker",
  ],
  notes: "From a fresh hub to an enrolled device: docs/guides/enrolment.md.",
  async run(invocation) {
    const [name, word, surplus] = invocation.positionals;
    const action = name === undefined ? newCode : actions[name];
    if (action === undefined)
      throw badInput("usage", `enrol takes one of ${Object.keys(actions).join(", ")}, or nothing.`);
    if (action.word !== "" && word === undefined)
      throw badInput("usage", `enrol ${name} needs a ${action.word}: emberwatch enrol list shows them.`);
    const tooMany = action.word === "" ? word : surplus;
    if (tooMany !== undefined) throw badInput("usage", `"${tooMany}" is one word too many.`);
    const idle = [...Object.keys(invocation.values), ...invocation.switches].find(
      (option) => !action.options.includes(option),
    );
    if (idle !== undefined)
      throw badInput(
        "usage",
        `--${idle} does nothing with enrol ${name ?? ""}: leave it out.`.replace(" :", ":"),
      );
    return action.run(invocation, word ?? "");
  },
};

async function makeCode(invocation: Invocation): Promise<number> {
  const { output, switches } = invocation;
  const minutes = numberOption(invocation, "minutes", { min: 1, max: 60, kind: "any", default: 10 });
  const made = await askHubApi(
    { hub: hubOf(invocation), path: "/api/enrolment/codes", body: { by: byOf(invocation), minutes } },
    newCodeSchema,
  );
  const words = `emberwatch edge enrol --hub ${made.url} --code ${made.code}`;
  if (!switches.has("no-qr")) output.note(qrText(words));
  await output.line(`Code: ${made.code}`);
  output.note(`It lets one device in, until ${timeOf(made.endsAtMicros)}. On the device:`);
  output.note(`  ${words}`);
  output.note("Then compare the key on both sides: emberwatch enrol list, and confirm.");
  return 0;
}

async function list(invocation: Invocation): Promise<number> {
  const { output } = invocation;
  const view = await askHubApi({ hub: hubOf(invocation), path: "/api/enrolment" }, enrolmentViewSchema);
  await output.line(waitingText(view));
  await output.line(devicesText(view));
  output.note(
    `Authority ${shortFingerprint(view.authority)}, until ${dayOf(view.authorityEndsAtMicros)}; ${view.openCodes} codes hold.`,
  );
  return 0;
}

function waitingText({ waiting }: EnrolmentView): string {
  if (waiting.length === 0) return "Nobody waits to be let in.";
  const rows = waiting.map((one) => [
    one.id,
    one.device,
    shortFingerprint(one.keyFingerprint),
    one.address,
    one.replaces ? "replaces the device of this name" : "new",
  ]);
  return textTable([["waits as", "device", "key", "from", ""], ...rows]).join("\n");
}

function devicesText({ devices }: EnrolmentView): string {
  if (devices.length === 0) return "No certificates have been issued.";
  const rows = devices.map((one) => [
    one.device,
    one.serial,
    dayOf(one.endsAtMicros),
    one.revoked ? "revoked" : "holds",
  ]);
  return textTable([["device", "serial number", "until", ""], ...rows]).join("\n");
}

async function decide(invocation: Invocation, id: string, decision: "confirm" | "refuse"): Promise<number> {
  const path = `/api/enrolment/requests/${encodeURIComponent(id)}/${decision}`;
  const body = { by: byOf(invocation) };
  const { text } = await askHubApi({ hub: hubOf(invocation), path, body }, enrolmentDoneSchema);
  await invocation.output.line(text);
  return 0;
}

async function revoke(invocation: Invocation, device: string): Promise<number> {
  const path = `/api/enrolment/devices/${encodeURIComponent(device)}/revoke`;
  const body = { by: byOf(invocation), reason: invocation.values["reason"] ?? "" };
  const { text } = await askHubApi({ hub: hubOf(invocation), path, body }, enrolmentDoneSchema);
  await invocation.output.line(text);
  return 0;
}

function hubOf({ values }: Invocation): string {
  return values["hub"] ?? defaultHubUrl;
}

function byOf({ values }: Invocation): string {
  return values["by"] ?? process.env["USER"] ?? process.env["LOGNAME"] ?? "command line";
}

/** A QR code in half blocks, two rows a line; error correction M. */
function qrText(words: string): string {
  const code = qrcode(0, "M");
  code.addData(words, "Byte");
  code.make();
  return code.createASCII(1, 2);
}

function timeOf(atMicros: number): string {
  return new Date(atMicros / 1_000).toLocaleTimeString();
}

function dayOf(atMicros: number): string {
  return new Date(atMicros / 1_000).toISOString().slice(0, 10);
}
