import { makeLeptonCaptureReader } from "#sensors/lepton/lepton-capture-reader.ts";
import { runCaptureLoop } from "#sensors/transport/linux/capture-loop.ts";
import { systemClock } from "./system-clock.ts";

await runCaptureLoop({ clock: systemClock, makeReader: makeLeptonCaptureReader });
