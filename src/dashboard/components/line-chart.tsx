import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { type ChartLook, chartOptions } from "../model/chart-look.ts";
import { type ChartColumns, chartSpanMicros } from "../model/chart-points.ts";

/** A line chart of the last quarter of an hour; what it shows is also said in words by its label. */
export function LineChart(props: {
  readonly look: ChartLook;
  readonly columns: ChartColumns;
  /** Right end of the time axis, in seconds since the epoch. */
  readonly endSeconds: number;
  readonly label: string;
  readonly onPoint: (index: number | null) => void;
}) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const newest = useRef(props);
  newest.current = props;
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const draw = () => {
      chart.current?.destroy();
      chart.current = makeChart(element, newest);
    };
    draw();
    const resized = new ResizeObserver(() =>
      chart.current?.setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    resized.observe(element);
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", draw);
    return () => {
      resized.disconnect();
      scheme.removeEventListener("change", draw);
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);
  useEffect(
    () => chart.current?.setData(props.columns as uPlot.AlignedData),
    [props.columns, props.endSeconds],
  );
  return <div ref={host} class="chart-plot" role="img" aria-label={props.label} />;
}

function makeChart(
  element: HTMLElement,
  newest: { readonly current: Parameters<typeof LineChart>[0] },
): uPlot {
  const style = getComputedStyle(element);
  const options = chartOptions({
    look: newest.current.look,
    width: element.clientWidth,
    height: element.clientHeight,
    colourOf: (name) => style.getPropertyValue(name).trim(),
    timeRange: () => {
      const { endSeconds } = newest.current;
      return [endSeconds - chartSpanMicros / 1_000_000, endSeconds];
    },
    onPoint: (index) => newest.current.onPoint(index),
  });
  return new uPlot(options, newest.current.columns as uPlot.AlignedData, element);
}
