import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Failure } from "#core/failure.ts";
import { temporaryFolder } from "#support/temporary-folder.ts";
import { co2ColumnName, columnName, heatReleaseColumnName, readMeasuredColumn } from "./measured-column.ts";

function isRefusal(pattern: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.side === "input" && pattern.test(error.message);
}

test("a column's name may hold spaces and slashes, its unit may be a rise", () => {
  assert.deepEqual(columnName("hrr", "a.csv:Heat Release Rate"), {
    path: "a.csv",
    column: "Heat Release Rate",
  });
  for (const text of ["a.csv:CO2 1.2 m:vol% rise", "a.csv:CO2 1.2 m:vol%:rise", "a.csv:CO2 1.2 m:Vol %rise"])
    assert.deepEqual(co2ColumnName("co2", text), {
      path: "a.csv",
      column: "CO2 1.2 m",
      unit: "vol%",
      counts: "rise",
    });
  assert.equal(co2ColumnName("co2", "a.csv:CO2:mol/mol").unit, "mol/mol");
  assert.equal(co2ColumnName("co2", "a.csv:CO2:ppm").counts, "all");
  assert.throws(() => co2ColumnName("co2", "a.csv:CO2:percent"), isRefusal(/vol%/));
  assert.throws(() => columnName("hrr", "a.csv"), isRefusal(/--hrr needs FILE:COLUMN/));
});

test("a heat release may have its unit behind it; a column that is called like a unit stays a column", () => {
  const parts = (text: string) => Object.values(heatReleaseColumnName("hrr", text));
  assert.deepEqual(parts("a.csv:HRR"), ["a.csv", "HRR", "unstated"]);
  assert.deepEqual(parts("a.csv:HRR (MW):mw"), ["a.csv", "HRR (MW)", "MW"]);
  assert.deepEqual(parts("a.csv:Heat: total : W"), ["a.csv", "Heat: total", "W"]);
  assert.deepEqual(parts("a.csv:kW"), ["a.csv", "kW", "unstated"]);
});

test("reads a column over its seconds, past a row of units, gaps and times that go back", async (t) => {
  const path = join(await temporaryFolder(t), "measured.csv");
  await writeFile(
    path,
    "Time , HRR_ideal , HRR_actual\ns,kW,kW\n0,1,-0.5\n10,2,\n20,3,8.5\n15,9,9\n30,4,NaN\n40,5,12\n",
  );
  const series = await readMeasuredColumn({ path, column: "hrr_actual" });
  assert.deepEqual([series.beginSeconds, series.endSeconds], [0, 40]);
  assert.equal(series.at(10), 4);
  assert.equal(series.at(30), 10.25);
  await assert.rejects(
    readMeasuredColumn({ path, column: "HRR" }),
    isRefusal(/2 columns with "HRR" in their name: HRR_ideal, HRR_actual/),
  );
  await assert.rejects(
    readMeasuredColumn({ path, column: "CO2" }),
    isRefusal(/has no column "CO2"; it has Time/),
  );
});

test("a file without seconds, and one that is missing, are refused by name", async (t) => {
  const path = join(await temporaryFolder(t), "no-time.csv");
  await writeFile(path, "Date,HRR\n1,2\n3,4\n");
  await assert.rejects(
    readMeasuredColumn({ path, column: "HRR" }),
    isRefusal(/no-time.csv has no column of seconds/),
  );
  await assert.rejects(
    readMeasuredColumn({ path: `${path}x`, column: "HRR" }),
    isRefusal(/no-time.csvx does not exist/),
  );
});

test("a row of units that gives the time in minutes is refused, seconds of any spelling are taken", async (t) => {
  const path = join(await temporaryFolder(t), "minutes.csv");
  for (const unit of ["min", "Minutes", "hh:mm"]) {
    await writeFile(path, `Time,HRR\n${unit},kW\n0,0\n1,5\n2,50\n`);
    await assert.rejects(
      readMeasuredColumn({ path, column: "HRR" }),
      isRefusal(new RegExp(`gives its time in ${unit}.*seconds`)),
    );
  }
  for (const unit of ["s", "(s)", "[sec]", "Seconds", ""]) {
    await writeFile(path, `Time,HRR\n${unit},kW\n0,0\n1,5\n2,50\n`);
    assert.equal((await readMeasuredColumn({ path, column: "HRR" })).endSeconds, 2);
  }
});
