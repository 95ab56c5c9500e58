import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import type { Command } from "./command.ts";
import { Output } from "./output.ts";
import { choiceOption, numberOption, parseArguments } from "./parse-arguments.ts";

const command: Command = {
  name: "measure",
  summary: "Measures.",
  usage: "[FILE…]",
  options: {
    port: { value: "N", help: "a port" },
    quick: { value: null, help: "hurries" },
  },
  examples: ["emberwatch measure"],
  notes: "",
  run: () => Promise.resolve(0),
};
const output = new Output(new PassThrough(), new PassThrough());

function parse(...args: string[]) {
  const invocation = parseArguments(command, args, output);
  assert.ok(invocation !== null);
  return invocation;
}

function refusal(action: () => unknown): string {
  let message = "";
  assert.throws(action, (error) => {
    assert.ok(error instanceof Failure && error.side === "input" && error.code === "usage");
    message = error.message;
    return true;
  });
  return message;
}

test("takes options, switches and file names apart in any order", () => {
  const invocation = parse("a.mcap", "--port", "81", "--quick", "b.mcap");
  assert.deepEqual(invocation.positionals, ["a.mcap", "b.mcap"]);
  assert.equal(invocation.values["port"], "81");
  assert.ok(invocation.switches.has("quick"));
});

test("an unknown option is refused by name, with the way to the list", () => {
  const message = refusal(() => parse("--prot", "81"));
  assert.match(message, /--prot/);
  assert.match(message, /emberwatch measure --help/);
});

test("an option without its value is refused", () => {
  assert.match(
    refusal(() => parse("--port")),
    /--port/,
  );
});

test("a number below 0 needs no equals sign, and what is out of range is told the range at once", () => {
  const limits = { min: 1, max: 40, kind: "any", default: null } as const;
  assert.match(
    refusal(() => numberOption(parse("--port", "-3"), "port", limits)),
    /^--port needs a number from 1 to 40, not "-3"\.$/,
  );
  assert.equal(numberOption(parse("--port", "-.5"), "port", { ...limits, min: -1 }), -0.5);
  assert.match(
    refusal(() => parse("--port", "--quick")),
    /--port needs a value/,
  );
  assert.match(
    refusal(() => parse("--quick", "-3")),
    /-3/,
  );
});

test("asking for help wins over the rest", () => {
  assert.equal(parseArguments(command, ["--quick", "--help"], output), null);
});

test("a number outside its limits, or no number at all, is refused with the limits", () => {
  const limits = { min: 0, max: 65_535, kind: "integer", default: 8080 } as const;
  assert.equal(numberOption(parse(), "port", limits), 8080);
  assert.equal(numberOption(parse("--port", "81"), "port", limits), 81);
  for (const text of ["-1", "65536", "80.5", "http", "", " "]) {
    assert.match(
      refusal(() => numberOption(parse(`--port=${text}`), "port", limits)),
      /0 to 65535/,
    );
  }
});

test("a word that is not one of the choices is refused with the choices", () => {
  assert.equal(choiceOption(parse("--port", "csv"), "port", ["csv", "png"]), "csv");
  assert.equal(choiceOption(parse(), "port", ["csv", "png"]), null);
  assert.match(
    refusal(() => choiceOption(parse("--port", "gif"), "port", ["csv", "png"])),
    /csv, png/,
  );
});
