import { Episode } from "#simulation/scenario/episode.ts";
import type { HotPlace, Scenario } from "#simulation/scenario/scenario.ts";
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

/** A scenario as plain JSON: what the table says, its source, its length, and its hot places in the episode of a seed. */
export function scenarioJson(scenario: Scenario, seed: number): object {
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
    hotPlacesOfSeed: { seed, ...hotPlacesOf(scenario, seed) },
  };
}

/** Where and when heat belongs, as somebody who knows the site of a seed's episode would mark it. */
function hotPlacesOf(
  scenario: Scenario,
  seed: number,
): { readonly room: string; readonly hourOfDay: number; readonly places: readonly HotPlace[] } {
  const episode = new Episode({ scenario, seed, fire: "as-staged", flameRenderer: "plume" });
  const { staged, climate, staging } = episode;
  return { room: staged.name, hourOfDay: climate.hourOfDay, places: staging.hotPlaces };
}

/** Everything about one scenario, in lines for people; its hot places in the episode of a seed. */
export function describeScenario(scenario: Scenario, seed: number): readonly string[] {
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
    ...hotPlaceLines(scenario, seed),
    "",
    "What varies in every scenario: docs/guides/scenarios.md.",
  ];
}

function hotPlaceLines(scenario: Scenario, seed: number): readonly string[] {
  const { room, hourOfDay, places } = hotPlacesOf(scenario, seed);
  if (places.length === 0) return [`hot places   none with seed ${seed}`];
  return [
    `hot places   with seed ${seed} (${room}, begun at ${clockText(hourOfDay)}); drawn anew by each seed`,
    ...places.map(hotPlaceText),
  ];
}

function hotPlaceText({ name, low, high, hoursOfDay, peakCelsius, areaPixels }: HotPlace): string {
  const axes = (["x", "y", "z"] as const).map(
    (axis) => `${axis} ${low[axis].toFixed(1)} to ${high[axis].toFixed(1)}`,
  );
  const [from, to] = hoursOfDay.map(clockText);
  return `  ${name}: ${axes.join(", ")} m; from ${from} to ${to}; up to ${Math.round(peakCelsius)} °C and ${areaPixels} px`;
}

/** An hour of the day with its part, as a clock shows it. */
function clockText(hourOfDay: number): string {
  const minutes = Math.floor(hourOfDay * 60) % (24 * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
