import type { RoomTemplate } from "../staged-room.ts";
import { canteen } from "./canteen.ts";
import { corridor } from "./corridor.ts";
import { electricalRoom } from "./electrical-room.ts";
import { garage } from "./garage.ts";
import { hall } from "./hall.ts";
import { kitchen } from "./kitchen.ts";
import { livingRoom } from "./living-room.ts";
import { office } from "./office.ts";
import { warehouse } from "./warehouse.ts";
import { workshop } from "./workshop.ts";

/** The kinds of room in which episodes take place. */
export const roomTemplates = {
  office,
  workshop,
  kitchen,
  livingRoom,
  warehouse,
  hall,
  garage,
  electricalRoom,
  corridor,
  canteen,
} as const satisfies Readonly<Record<string, RoomTemplate>>;

/** All of them in a list. */
export const allRooms: readonly RoomTemplate[] = Object.values(roomTemplates);
