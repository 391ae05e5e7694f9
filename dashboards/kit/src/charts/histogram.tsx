import { max } from "d3-array";
import { scaleBand, scaleLinear } from "d3-scale";
import { m } from "../messages.js";
import { formatNumber } from "../i18n/format.js";
import { Grid, Plot, thin } from "./plot.js";

/** How many fall between two scores; `to` belongs to the next bucket except in the last. */
export interface Bucket {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const HEIGHT = 280;
const MARGIN = { top: 40, right: 12, bottom: 28, left: 32 };

function scalesFor(buckets: readonly Bucket[], width: number) {
  const range: [number, number] = [MARGIN.left, width - MARGIN.right];
  return {
    band: scaleBand<number>()
      .domain(buckets.map(({ from }) => from))
      .range(range)
      .paddingInner(0.12),
    x: scaleLinear()
      .domain([buckets[0]?.from ?? 0, buckets.at(-1)?.to ?? 1])
      .range(range),
    y: scaleLinear()
      .domain([0, max(buckets, ({ count }) => count) ?? 1])
      .nice(4)
      .range([HEIGHT - MARGIN.bottom, MARGIN.top]),
  };
}

interface HistogramProps {
  label: string;
  /** Lowest first; at least one. */
  buckets: readonly Bucket[];
  /** Marked with a line; absent when it is not known. */
  average: number | undefined;
  summary: string;
}

/** How scores are spread, not only their mean. */
export function Histogram({ label, buckets, average, summary }: HistogramProps) {
  const describe = (index: number) => {
    const { from, to, count } = buckets[index] ?? { from: 0, to: 0, count: 0 };
    return m.histogram_bucket({ from: formatNumber(from), to: formatNumber(to), count, shown: formatNumber(count) });
  };
  return (
    <Plot
      label={label}
      height={HEIGHT}
      count={buckets.length}
      positions={(width) => {
        const { band } = scalesFor(buckets, width);
        return buckets.map(({ from }) => (band(from) ?? 0) + band.bandwidth() / 2);
      }}
      describe={describe}
      summary={summary}
    >
      {({ width, active }) => {
        const { band, x, y } = scalesFor(buckets, width);
        const baseline = HEIGHT - MARGIN.bottom;
        const edges = [...buckets.map(({ from }) => from), buckets.at(-1)?.to ?? 0];
        const mean = average === undefined ? undefined : x(average);
        const meanAtRight = mean !== undefined && mean > width - 110;
        const wholes = y.ticks(4).filter(Number.isInteger);
        return (
          <>
            <Grid ticks={wholes} y={y} left={MARGIN.left} right={width - MARGIN.right} format={formatNumber} />
            {buckets.map(({ from, count }, index) => (
              <rect
                key={from}
                x={band(from)}
                y={y(count)}
                width={band.bandwidth()}
                height={baseline - y(count)}
                rx={3}
                className="fill-series-1"
                opacity={active === undefined || active === index ? 1 : 0.55}
              />
            ))}
            <line x1={MARGIN.left} x2={width - MARGIN.right} y1={baseline} y2={baseline} className="stroke-control" />
            {thin(edges, width - MARGIN.left, 44).map((edge) => (
              <text key={edge} x={x(edge)} y={HEIGHT - 8} textAnchor="middle" className="fill-muted">
                {formatNumber(edge)}
              </text>
            ))}
            {mean !== undefined && (
              <>
                <line
                  x1={mean}
                  x2={mean}
                  y1={18}
                  y2={baseline}
                  className="stroke-text"
                  strokeDasharray="4 3"
                  strokeWidth={1.5}
                />
                <text
                  x={mean + (meanAtRight ? -6 : 6)}
                  y={14}
                  textAnchor={meanAtRight ? "end" : "start"}
                  className="fill-text font-semibold"
                >
                  {m.histogram_average({ score: formatNumber(average ?? 0) })}
                </text>
              </>
            )}
            {buckets
              .filter(({ count }) => count > 0 && band.bandwidth() >= 18)
              .map(({ from, count }) => (
                <text
                  key={from}
                  x={(band(from) ?? 0) + band.bandwidth() / 2}
                  y={y(count) - 6}
                  textAnchor="middle"
                  paintOrder="stroke"
                  strokeWidth={4}
                  className="fill-text stroke-surface font-medium"
                >
                  {formatNumber(count)}
                </text>
              ))}
          </>
        );
      }}
    </Plot>
  );
}
