import type { Scenario } from "#simulation/scenario/scenario.ts";
import { textTable } from "../text-table.ts";

const columns = ["name", "kind", "shows", "hot", "title"];

/** The scenarios as a table for people: a line of names, then one line each; rooms and families are told of one alone. */
export function scenarioTable(scenarios: readonly Scenario[]): readonly string[] {
  return textTable([columns, ...scenarios.map(cells)]);
}

function cells(scenario: Scenario): readonly string[] {
  const { name, kind, shows, isHotProcess, title } = scenario;
  return [name, kind, shows, isHotProcess ? "yes" : "no", title];
}

function roomNames(scenario: Scenario): readonly string[] {
  return scenario.rooms.map((room) => room.name);
}

/** A scenario as plain JSON: what the table says, its source and its length. */
export function scenarioJson(scenario: Scenario): object {
  const { name, kind, family, shows, isHotProcess, title, source } = scenario;
  const { shortestSeconds, longestSeconds } = scenario;
  return {
    name,
    kind,
    family,
    shows,
    isHotProcess,
    title,
    source,
    shortestSeconds,
    longestSeconds,
    rooms: roomNames(scenario),
  };
}

/** Everything about one scenario, in lines for people. */
export function describeScenario(scenario: Scenario): readonly string[] {
  const belongs = scenario.isHotProcess ? "yes: heat or flame belongs there" : "no";
  return [
    `${scenario.name}: ${scenario.title}`,
    "",
    `kind         ${scenario.kind}`,
    `family       ${scenario.family}`,
    `shows        ${scenario.shows}`,
    `hot process  ${belongs}`,
    `length       ${scenario.shortestSeconds} to ${scenario.longestSeconds} s`,
    `source       ${scenario.source}`,
    "rooms",
    ...scenario.rooms.map((room) => `  ${room.name}: ${room.title}`),
    "",
    "What varies in every scenario: docs/guides/scenarios.md.",
  ];
}
