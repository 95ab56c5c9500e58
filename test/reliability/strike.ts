import { assertNever } from "#core/failure.ts";
import type { Reordering } from "#simulation/network/dispatch-lanes.ts";
import { usualDelayMs } from "#simulation/network/simulated-line.ts";
import type { DeviceWatch } from "./device-watch.ts";
import type { Fault } from "./fault.ts";
import type { Simulation } from "./simulation.ts";

/** A line over a bad radio link. */
const slowDelayMs = { shortest: 150, longest: 1_500 } as const;
/** How many deliveries in a hundred come twice while duplicates are made. */
const duplicates = 0.4;
/** A broker that hands on topic by topic, and a sender that is impatient. */
const reordering: Reordering = { heldShare: 0.3, heldMsMax: 2_000, lateShare: 0.2, lateMsMax: 5_000 };

/** Lets a fault begin; returns what ends it. */
export function strike(simulation: Simulation, fault: Fault): () => void {
  if (fault.device === null) return strikeHub(simulation, fault);
  const watch = simulation.watches[fault.device]!;
  if (fault.kind.startsWith("line") || fault.kind === "connection reset")
    return strikeLine(simulation, { fault, device: watch.device.id });
  return strikeDevice(watch, fault);
}

function strikeHub({ hub, hubWatch, siteWatch }: Simulation, { kind }: Fault): () => void {
  if (kind === "hub store full") {
    siteWatch.setStore("full");
    hub.setStore("full");
    return () => {
      siteWatch.setStore("works");
      hub.setStore("works");
    };
  }
  hub.kill(kind === "hub killed" ? "killed" : "power cut");
  hubWatch.hubGone();
  siteWatch.hubGone();
  return () => {
    if (!hub.runs) hub.boot();
  };
}

function strikeLine({ broker }: Simulation, struck: { fault: Fault; device: string }): () => void {
  const line = broker.line(struck.device);
  switch (struck.fault.kind) {
    case "line cut":
      line.setFlow({ up: "stalled", down: "stalled" });
      break;
    case "line mute":
      line.setFlow({ up: "stalled", down: "flows" });
      break;
    case "line deaf":
      line.setFlow({ up: "flows", down: "stalled" });
      break;
    case "line slow":
      line.setDelay(slowDelayMs);
      return () => line.setDelay(usualDelayMs);
    case "line duplicates":
      line.duplicates = duplicates;
      return () => {
        line.duplicates = 0;
      };
    case "line reorders":
      line.reordering = reordering;
      return () => {
        line.reordering = null;
      };
    default:
      broker.reset(struck.device);
      return () => {};
  }
  return () => line.setFlow({ up: "flows", down: "flows" });
}

function strikeDevice(watch: DeviceWatch, fault: Fault): () => void {
  switch (fault.kind) {
    case "device killed":
    case "device power cut":
      watch.kill(fault.kind === "device killed" ? "killed" : "power cut");
      return () => watch.boot();
    case "device disk full":
    case "device disk fails":
      watch.setDisk(fault.kind === "device disk full" ? "full" : "fails");
      return () => watch.setDisk("works");
    case "clock jump":
      watch.jump(fault.jumpMicros);
      return () => {
        if (fault.lastsMs > 0) watch.jump(-fault.jumpMicros);
      };
    case "camera silent":
    case "camera frozen":
    case "camera raw":
      watch.setCamera(
        fault.kind === "camera silent" ? "silent" : fault.kind === "camera raw" ? "raw" : "frozen",
      );
      return () => watch.setCamera("works");
    case "air silent":
    case "air no CO2":
    case "air zero":
      watch.setAir(fault.kind === "air silent" ? "silent" : fault.kind === "air zero" ? "zero" : "no CO2");
      return () => watch.setAir("works");
    case "line cut":
    case "line mute":
    case "line deaf":
    case "line slow":
    case "line duplicates":
    case "line reorders":
    case "connection reset":
    case "hub killed":
    case "hub power cut":
    case "hub store full":
      throw new Error(`${fault.kind} strikes no device`);
    default:
      return assertNever(fault.kind);
  }
}
