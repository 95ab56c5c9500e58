/** Blocks for devices. */
export const modbusDeviceSlots = 64;
/** Blocks for zones. */
export const modbusZoneSlots = 64;
