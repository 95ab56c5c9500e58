/** What has come over the camera's video bus since the start, and everything that went wrong on it. */
export interface VospiCounters {
  /** Packets that carried something and were whole. */
  packets: number;
  /** Discard packets: the camera had nothing to show. */
  discards: number;
  /** Packets with a wrong checksum. */
  crcErrors: number;
  /** Whole packets that were not the next of their segment. */
  misplacedPackets: number;
  /** Packets that came twice; the second one is skipped and nothing is lost. */
  repeatedPackets: number;
  /** Segments complete and whole, the invalid ones between two pictures among them. */
  segments: number;
  /** Segments with number 0, eight after each picture. */
  invalidSegments: number;
  /** Segments with a packet missing or wrong. */
  damagedSegments: number;
  /** Segments that another one followed before their last packet. */
  cutShortSegments: number;
  /** Segments that ended where one without telemetry does. */
  segmentsWithoutTelemetry: number;
  /** Segments that took longer to read than the camera waits. */
  lateSegments: number;
  /** Segments whose number was not the next one. */
  outOfTurnSegments: number;
  /** Pictures begun and given up, because a segment was damaged, late or out of turn. */
  lostFrames: number;
  /** Pictures thrown away, because there was no telemetry in the place of the telemetry. */
  framesWithoutTelemetry: number;
  /** Whole pictures. */
  frames: number;
  /** Times chip select was held off so that the camera begins anew. */
  resyncs: number;
}

/** All counters at zero. */
export function zeroVospiCounters(): VospiCounters {
  return {
    packets: 0,
    discards: 0,
    crcErrors: 0,
    misplacedPackets: 0,
    repeatedPackets: 0,
    segments: 0,
    invalidSegments: 0,
    damagedSegments: 0,
    cutShortSegments: 0,
    segmentsWithoutTelemetry: 0,
    lateSegments: 0,
    outOfTurnSegments: 0,
    lostFrames: 0,
    framesWithoutTelemetry: 0,
    frames: 0,
    resyncs: 0,
  };
}
