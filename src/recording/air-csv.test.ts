import assert from "node:assert/strict";
import { test } from "node:test";
import type { AirSample } from "#core/frames/air-sample.ts";
import { needsRealRecordings, realRecording } from "#support/real-recordings.ts";
import { fileOf, temporaryFolder } from "#support/synthetic-recordings.ts";
import { type AirCsvOptions, parseAirCsv } from "./air-csv.ts";
import { openAirCsv, openRecording } from "./open-recording.ts";
import type { Recording } from "./recording.ts";

interface Read {
  readonly samples: readonly AirSample[];
  readonly damage: readonly { readonly what: string; readonly lost: number }[];
}

async function readAll(recording: Recording): Promise<Read> {
  const samples: AirSample[] = [];
  const damage: { what: string; lost: number }[] = [];
  for await (const entry of recording.entries()) {
    if (entry.kind === "air") samples.push(entry.sample);
    if (entry.kind === "damage") damage.push({ what: entry.what, lost: entry.lost });
  }
  return { samples, damage };
}

async function parse(text: string, options: AirCsvOptions = {}): Promise<Read> {
  return readAll(parseAirCsv({ path: "air.csv", bytes: Buffer.from(text) }, options));
}

const at = Date.UTC(2026, 0, 2, 3, 4, 5) * 1_000;

test("every way of giving the time is understood", async () => {
  const seconds = at / 1e6;
  const tables = [
    `time,co2\n${seconds},500\n${seconds + 5},510\n`,
    `timestamp,co2\n${seconds * 1e3},500\n${(seconds + 5) * 1e3},510\n`,
    `time,co2\n2026-01-02T03:04:05Z,500\n2026-01-02T03:04:10.000Z,510\n`,
    `time,co2\n2026-01-02T05:04:05+02:00,500\n2026-01-02T05:04:10+02:00,510\n`,
    `Date Time;CO2\n2026-01-02 03:04:05;500\n2026-01-02 03:04:10;510\n`,
    `Date\tTime\tCO2\n02.01.2026\t03:04:05\t500\n02.01.2026\t03:04:10\t510\n`,
    `"time","co2"\r\n"2026-01-02 03:04:05","500"\r\n"2026-01-02 03:04:10","510"\r\n`,
  ];
  for (const table of tables) {
    const { samples, damage } = await parse(table);
    assert.deepEqual(
      samples.map((sample) => [sample.sampledAtMicros, sample.co2Ppm]),
      [
        [at, 500],
        [at + 5_000_000, 510],
      ],
      table,
    );
    assert.deepEqual(damage, []);
  }
});

test("a table with semicolons or tabs and decimal commas is read, however few columns it has", async () => {
  const tables = [
    "Date Time;CO2 (ppm);Temperature (C)\n2026-01-02 03:04:05;500,5;21,25\n2026-01-02 03:04:10;1510,0;21,125\n",
    "time;co2;temperature\n0,0;500,5;21,25\n5,0;1510,0;21,125\n",
    "time\tco2\ttemperature\r\n0\t500,5\t21,25\r\n5\t1510\t21,125\r\n",
    "Date Time;CO2;Temperature\n2026-01-02 03:04:05,250;500,5;21,25\n2026-01-02 03:04:10,250;1510,0;21,125\n",
  ];
  for (const table of tables) {
    const { samples, damage } = await parse(table);
    assert.deepEqual(
      samples.map((sample) => [sample.co2Ppm, sample.temperatureCelsius]),
      [
        [500.5, 21.25],
        [1_510, 21.125],
      ],
      table,
    );
    assert.deepEqual(damage, []);
  }
});

test("a comma that may mean thousands is refused with what to do, not guessed", async () => {
  for (const text of [
    "time;co2\n0;1,234\n5;1,240\n",
    "time\tco2\ttemperature\n0\t1,234\t21.5\n5\t1,240\t21.5\n",
    "time;co2;temperature\n0;1.234,5;21.5\n5;1.240,5;21.5\n",
  ])
    await assert.rejects(parse(text), {
      code: "air-csv-damaged",
      message: /a number with a comma.*write decimals with a point.* in line 2/,
    });
});

test("times relative to a start count from the first row, also before 0 and across midnight", async () => {
  const times = async (text: string) =>
    (await parse(text)).samples.map((sample) => sample.sampledAtMicros / 1e6);
  assert.deepEqual(await times("Time (s),CO2\n-10,500\n0,501\n2.5,502\n"), [0, 10, 12.5]);
  assert.deepEqual(await times("elapsed (min),CO2\n0,500\n1,501\n"), [0, 60]);
  assert.deepEqual(await times("Time,CO2\n23:59:58,500\n00:00:03,501\n"), [0, 5]);
});

test("units come from the header, the row of units, or the values", async () => {
  const first = async (text: string, options?: AirCsvOptions) => (await parse(text, options)).samples[0]!;
  assert.equal((await first("time,CO2 (vol %)\n0,0.05\n")).co2Ppm, 500);
  assert.equal((await first("time,CO2 [%]\n0,0.05\n")).co2Ppm, 500);
  assert.equal((await first("Time,CO2\ns,mol/mol\n0,0.0005\n")).co2Ppm, 500);
  assert.equal((await first("time,CO2\n0,0.0005\n")).co2Ppm, 500);
  assert.equal((await first("time,CO2\n0,0.05\n")).co2Ppm, 500);
  assert.equal((await first("time,CO2\n0,5\n", { co2Unit: "ppm", co2OffsetPpm: 420 })).co2Ppm, 425);
  assert.equal((await first("time,co2,temperature (°F)\n0,500,68\n")).temperatureCelsius, 20);
  assert.equal((await first("time,co2,temp_k\n0,500,293.15\n")).temperatureCelsius, 20);
  assert.equal((await first("time,co2,T (C)\n0,500,20\n")).temperatureCelsius, 20);
  assert.equal((await first("time,co2,humidity (%)\n0,500,41.5\n")).humidityPercent, 41.5);
});

test("a CO2 unit that is not understood is refused by its name, never taken for ppm", async () => {
  const foreign: readonly (readonly [string, string])[] = [
    ["time,CO2 (mg/m3)\n0,900\n5,901\n", "mg/m3"],
    ["time,CO2 (ppb)\n0,500000\n5,500001\n", "ppb"],
    ["time,CO2 [mmol/mol]\n0,0.5\n5,0.6\n", "mmol/mol"],
    ["time,co2_mg_m3\n0,900\n5,901\n", "mg_m3"],
    ["time,CO2 ppb\n0,500000\n5,500001\n", "ppb"],
    ["Time,CO2\ns,mg/m³\n0,900\n5,901\n", "mg/m³"],
    ["Time,CO2\n,mg/m3\n0,900\n5,901\n", "mg/m3"],
    ["Time,CO2\ns,kPa\n0,0.5\n5,0.5\n", "kPa"],
  ];
  for (const [text, unit] of foreign)
    await assert.rejects(parse(text), (error: Error & { readonly code?: string }) => {
      assert.equal(error.code, "air-csv-co2-unit", text);
      assert.ok(error.message.includes(`in "${unit}"`), error.message);
      return true;
    });
});

test("micromoles a mole are ppm, and a unit that the caller gives needs none in the file", async () => {
  const first = async (text: string, options?: AirCsvOptions) => (await parse(text, options)).samples[0]!;
  assert.equal((await first("time,CO2 (µmol/mol)\n0,500\n")).co2Ppm, 500);
  assert.equal((await first("time,CO2 (ppmv)\n0,500\n")).co2Ppm, 500);
  assert.equal((await first("time,CO2 (kitchen) [ppm]\n0,500\n")).co2Ppm, 500);
  assert.equal((await first("time,CO2 (kitchen)\n0,500\n", { co2Unit: "ppm" })).co2Ppm, 500);
});

test("comments and preamble before the header, and row names of R, are stepped over", async () => {
  const text =
    '# logger 7\nSession: A\nStart: 14.09.2025 15:01:34\n\n"date","CO2"\n"1","2026-01-02 03:04:05",500\n';
  assert.deepEqual((await parse(text)).samples[0]?.sampledAtMicros, at);
});

test("absent values, and zeros that stand for nothing, are NaN, never 0", async () => {
  const { samples, damage } = await parse(
    "time,co2,temperature,humidity\n0,500,0.0,0.0\n5,,21,40\n10,0,21,NaN\n15,NA,0,40\n20,500,21,41\n",
  );
  assert.deepEqual(
    samples.map((sample) => [sample.co2Ppm, sample.temperatureCelsius, sample.humidityPercent]),
    [
      [500, Number.NaN, Number.NaN],
      [Number.NaN, 21, 40],
      [Number.NaN, 21, Number.NaN],
      [Number.NaN, 0, 40],
      [500, 21, 41],
    ],
  );
  assert.deepEqual(damage, []);
});

test("bad rows are dropped and counted where they were, naming the first line", async () => {
  const { samples, damage } = await parse(
    "time,co2\n0,500\n5,broken\n10,9999999\n15,505\nyesterday,500\n20,506\n7,507\n25,508\n30,509\n",
  );
  assert.equal(samples.length, 5);
  assert.deepEqual(damage, [
    { what: "bad rows: line 3 has a cell that is no number", lost: 2 },
    { what: "bad rows: line 6 has a time that cannot be read", lost: 1 },
    { what: "bad rows: a time out of order", lost: 1 },
  ]);
});

test("a file with fewer than half valid rows is refused", async () => {
  await assert.rejects(parse("time,co2\n0,500\n5,x\n10,y\n"), {
    side: "input",
    code: "air-csv-damaged",
    message: /air\.csv.*1 valid of 3.*line 3/,
  });
});

test("a file without the needed columns is refused by naming those it has", async () => {
  await assert.rejects(parse("time,light\n0,5\n"), { code: /air-csv-no/, message: /time/ });
  await assert.rejects(parse("time,temperature,humidity\n0,20,40\n"), {
    code: "air-csv-no-co2",
    message: /"temperature", "humidity"/,
  });
  await assert.rejects(parse("time,TVOC,eCO2,humidity\n0,20,400,40\n"), { code: "air-csv-no-co2" });
  await assert.rejects(parse("sensor,co2,room\na,500,b\n"), { side: "input" });
  await assert.rejects(parse("time,co2\n"), { code: "air-csv-empty" });
});

test("several CO2 columns need a choice by name", async () => {
  const text = "time,CO2 kitchen,CO2 hall\n0,500,600\n5,501,601\n";
  await assert.rejects(parse(text), { code: "air-csv-co2-ambiguous", message: /"CO2 kitchen", "CO2 hall"/ });
  assert.equal((await parse(text, { co2Column: "hall" })).samples[0]?.co2Ppm, 600);
  await assert.rejects(parse(text, { co2Column: "attic" }), { code: "air-csv-no-column", message: /attic/ });
});

test("a part of a name that other kinds of columns have too still names the one CO2 column", async () => {
  const text =
    "time,Bedroom 1 Temperature,Bedroom 1 CO2,Bedroom 2 CO2,Bedroom 1 Humidity\n0,20,500,600,40\n5,20,501,601,40\n";
  assert.equal((await parse(text, { co2Column: "Bedroom 1" })).samples[0]?.co2Ppm, 500);
  await assert.rejects(parse(text, { co2Column: "bedroom" }), {
    code: "air-csv-no-column",
    message: /2 columns "bedroom": choose one of "Bedroom 1 CO2", "Bedroom 2 CO2"\.$/,
  });
});

test("a rise over ambient air is refused until the offset is given", async () => {
  const text = `time,CO2 (%)\n${Array.from({ length: 12 }, (_, i) => `${i},${i / 1_000}`).join("\n")}\n`;
  await assert.rejects(parse(text), { code: "air-csv-co2-rise", message: /420/ });
  assert.equal((await parse(text, { co2OffsetPpm: 420 })).samples[1]?.co2Ppm, 430);
});

test("openRecording knows a CSV by its content", async (t) => {
  const path = fileOf(temporaryFolder(t), {
    name: "log.txt",
    bytes: Buffer.from("time,co2\n0,500\n5,510\n"),
  });
  const recording = await openRecording(path);
  assert.equal(recording.format, "air-csv");
  assert.equal(recording.unit, null);
});

const realFiles: readonly (readonly [string, string, number, AirCsvOptions])[] = [
  ["co2-scd4x-airscout", "session_A_20250914_150134.csv", 188, {}],
  ["co2-scd4x-airscout", "session_B_20250914_153851.csv", 210, {}],
  ["co2-scd4x-airscout", "MH-Z19-validation-data.csv", 88, {}],
  ["co2-occupancy-uci", "datatraining.txt", 8_143, {}],
  ["co2-occupancy-uci", "datatest.txt", 2_665, {}],
];

for (const [folder, name, rows, options] of realFiles)
  test(`${name} gives all of its ${rows} readings`, needsRealRecordings(), async () => {
    const { samples, damage } = await readAll(await openAirCsv(realRecording(folder, name), options));
    assert.equal(samples.length, rows);
    assert.deepEqual(damage, []);
  });

test("the real traps: milliseconds, empty zeros, rises and units", needsRealRecordings(), async () => {
  const scd40 = await readAll(
    await openAirCsv(realRecording("co2-scd4x-airscout", "session_B_20250914_153851.csv")),
  );
  const ppm = scd40.samples.map((sample) => sample.co2Ppm);
  assert.deepEqual([Math.min(...ppm), Math.max(...ppm)], [877, 1_973]);
  assert.equal(scd40.samples[0]?.sampledAtMicros, 1_757_857_131_290_000);
  const mhz19 = await readAll(
    await openAirCsv(realRecording("co2-scd4x-airscout", "MH-Z19-validation-data.csv")),
  );
  assert.ok(mhz19.samples.every((sample) => Number.isNaN(sample.temperatureCelsius)));
  assert.ok(mhz19.samples.every((sample) => Number.isNaN(sample.humidityPercent)));
  const house = realRecording("fire-fsri-hvac-co2", "Gas_Burner_Experiment_8.csv");
  await assert.rejects(openAirCsv(house), {
    code: "air-csv-co2-ambiguous",
    message: /Bedroom 1 Carbon Dioxide/,
  });
  const options = { co2Column: "Bedroom 1 Carbon Dioxide", co2OffsetPpm: 420 };
  await assert.rejects(openAirCsv(house, { co2Column: options.co2Column }), { code: "air-csv-co2-rise" });
  const fire = await readAll(await openAirCsv(house, options));
  assert.equal(Math.round(Math.max(...fire.samples.map((sample) => sample.co2Ppm))), 67_620);
  await assert.rejects(openAirCsv(realRecording("fire-nist-compartments", "DelCo_Trainers", "Test_2.csv")), {
    message: /"CO2_A", "CO2_B"/,
  });
  await assert.rejects(openAirCsv(realRecording("hrr-nist-transient", "Multiple_Items_Test_1.csv")), {
    code: "air-csv-no-co2",
    message: /HRR\(kW\)/,
  });
  const cabinet = realRecording("fire-nist-compartments", "NIST_NRC_OLIVE-Fire", "Test_27_gas_temp.csv");
  assert.equal((await readAll(await openAirCsv(cabinet))).samples[0]?.co2Ppm, 1_800);
});
