import { cameraBumped } from "./camera/camera-bumped.ts";
import { cameraCovered } from "./camera/camera-covered.ts";
import { flatFieldCorrections } from "./camera/flat-field-corrections.ts";
import type { Scenario } from "./scenario.ts";

/** What happens to the camera itself. */
export const cameraScenarios: readonly Scenario[] = [cameraBumped, cameraCovered, ...flatFieldCorrections];
