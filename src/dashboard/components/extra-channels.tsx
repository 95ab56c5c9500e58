import { useComputed } from "@preact/signals";
import type { RoomModel } from "../model/room-model.ts";
import { channelText } from "../text/channel-text.ts";

/** What sensors beside camera and CO2 last measured; nothing where the room has none. */
export function ExtraChannels({ room }: { readonly room: RoomModel }) {
  const channels = useComputed(() => room.view.value.telemetry?.channels ?? []);
  if (channels.value.length === 0) return null;
  return (
    <section class="channels" aria-label="Further sensors">
      <h3>Further sensors</h3>
      <dl>
        {channels.value.map((sample) => (
          <div key={`${sample.sensor}/${sample.channel}`}>
            <dt>
              {sample.sensor.toUpperCase()} {sample.channel}
            </dt>
            <dd>{channelText(sample)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
