import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { realRecordingsFolder } from "#support/real-recordings.ts";
import { type ComparedCase, compareCase } from "./compare-case.ts";
import { fsriCompartmentCases, fsriHouseCases } from "./fsri-cases.ts";
import { llnlEnclosureCases } from "./llnl-enclosure-cases.ts";
import { missComplaints } from "./miss-complaints.ts";
import { nistRoomCases } from "./nist-room-cases.ts";
import { percent, reportPage, summaries, tableCells, tableHeader } from "./validation-report.ts";

const defaultReport = "dist/physics-validation.html";

/**
 * Simulates measured room fires, prints measured beside simulated figures and writes a page with all curves (first
 * argument, or dist/physics-validation.html). Ends with 1 when a tolerance is missed without a reason, by another error
 * than the known one (`knownMisses`), or no longer, and when an experiment is missing.
 */
async function main(): Promise<number> {
  const recordings = realRecordingsFolder();
  if (recordings === null) {
    console.log("skipped: the measured fires are absent. Set EMBERWATCH_RECORDINGS to their folder.");
    return 0;
  }
  const cases: ComparedCase[] = [];
  for (const casesOf of [nistRoomCases, fsriCompartmentCases, fsriHouseCases, llnlEnclosureCases])
    for (const one of await casesOf(recordings)) cases.push(compareCase(one));
  printTable([
    tableHeader,
    ...cases.flatMap(({ validationCase, comparisons }) =>
      comparisons.map((comparison) => tableCells(validationCase.name, comparison)),
    ),
  ]);
  console.log("");
  for (const { kind, tolerance, count, within, bias, scatter } of summaries(cases))
    console.log(
      `${kind}: ${within} of ${count} within ±${Math.round(100 * tolerance)} %; mean error ${percent(bias)}, scatter ${Math.round(100 * scatter)} %`,
    );
  const path = process.argv[2] ?? defaultReport;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, reportPage(cases));
  console.log(`curves, and why what fails does: ${path}`);
  const complaints = missComplaints(cases);
  for (const one of complaints) console.log(one);
  return complaints.length === 0 ? 0 : 1;
}

function printTable(lines: readonly (readonly string[])[]): void {
  const widths = tableHeader.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  for (const line of lines)
    console.log(
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}

process.exitCode = await main();
