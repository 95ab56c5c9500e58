import type { DeviceView } from "#wire/hub-api.ts";

/** How people call a device: by its name, with the id beside it only where two have the same; by its id where it is not known. */
export function deviceName(views: readonly Pick<DeviceView, "id" | "name">[], id: string): string {
  const name = views.find((view) => view.id === id)?.name;
  if (name === undefined) return id;
  return views.some((view) => view.id !== id && view.name === name) ? `${name} (${id})` : name;
}
