import { extent } from "d3-array";
import { scaleLinear } from "d3-scale";
import { area, line } from "d3-shape";
import { m } from "../messages.js";
import { formatDate, formatDay, formatNumber } from "../i18n/format.js";
import { Grid, Legend, Plot, thin } from "./plot.js";
import { calendarTicks } from "./ticks.js";

/** One scored attempt; all scores in points. */
export interface TrendPoint {
  readonly id: string;
  readonly date: Date;
  readonly title: string;
  readonly score: number;
  readonly low: number;
  readonly high: number;
}

const HEIGHT = 300;
const MARGIN = { top: 24, right: 44, bottom: 28, left: 40 };

function describe({ date, score, low, high }: TrendPoint): string {
  return m.trend_point({
    date: formatDate(date),
    score: formatNumber(score),
    low: formatNumber(low),
    high: formatNumber(high),
  });
}

function scalesFor(points: readonly TrendPoint[], width: number) {
  const [from = 0, to = from] = extent(points, ({ date }) => date.getTime());
  const alone = from === to;
  const [low = 0] = extent(points, (point) => point.low);
  const [, high = 1] = extent(points, (point) => point.high);
  return {
    x: scaleLinear()
      .domain(alone ? [from - 86_400_000, to + 86_400_000] : [from, to])
      .range([MARGIN.left + 8, width - MARGIN.right]),
    y: scaleLinear()
      .domain([low, high])
      .nice(4)
      .range([HEIGHT - MARGIN.bottom, MARGIN.top]),
  };
}

interface ScoreTrendProps {
  label: string;
  /** Oldest first; at least one. */
  points: readonly TrendPoint[];
}

/** Scores over time inside the band that the true ability most likely lies in. */
export function ScoreTrend({ label, points }: ScoreTrendProps) {
  const latest = points.at(-1);
  if (!latest) return null;
  return (
    <div>
      <Plot
        label={label}
        height={HEIGHT}
        count={points.length}
        positions={(width) => points.map(({ date }) => scalesFor(points, width).x(date.getTime()))}
        describe={(index) => describe(points[index] ?? latest)}
        summary={describe(latest)}
      >
        {({ width, active }) => {
          const { x, y } = scalesFor(points, width);
          const at = (point: TrendPoint) => x(point.date.getTime());
          const band = area<TrendPoint>(
            at,
            (point) => y(point.low),
            (point) => y(point.high),
          );
          const path = line<TrendPoint>(at, (point) => y(point.score));
          const [first = latest] = points;
          const ticks = thin(calendarTicks(first.date, latest.date), width - MARGIN.left - MARGIN.right, 56);
          const chosen = active === undefined ? undefined : points[active];
          return (
            <>
              <Grid ticks={y.ticks(4)} y={y} left={MARGIN.left} right={width - MARGIN.right} format={formatNumber} />
              {ticks.map((tick) => (
                <text
                  key={tick.getTime()}
                  x={x(tick.getTime())}
                  y={HEIGHT - 6}
                  textAnchor="middle"
                  className="fill-muted"
                >
                  {formatDay(tick)}
                </text>
              ))}
              <path d={band(points) ?? ""} className="fill-band stroke-series-1/40" />
              <path
                d={path(points) ?? ""}
                className="fill-none stroke-series-1"
                strokeWidth={2}
                strokeLinejoin="round"
              />
              {chosen && (
                <line
                  x1={at(chosen)}
                  x2={at(chosen)}
                  y1={MARGIN.top}
                  y2={HEIGHT - MARGIN.bottom}
                  className="stroke-control"
                  strokeDasharray="3 3"
                />
              )}
              {points.map((point) => (
                <g key={point.id} className="stroke-series-1">
                  {points.length === 1 && (
                    <line x1={at(point)} x2={at(point)} y1={y(point.low)} y2={y(point.high)} strokeWidth={2} />
                  )}
                  <circle
                    cx={at(point)}
                    cy={y(point.score)}
                    r={point === chosen || point === latest ? 5 : 3.5}
                    className={point === chosen || point === latest ? "fill-series-1 stroke-surface" : "fill-surface"}
                    strokeWidth={2}
                  />
                </g>
              ))}
              <text x={at(latest) + 10} y={y(latest.score)} dy="0.32em" className="fill-text text-sm font-semibold">
                {formatNumber(latest.score)}
              </text>
            </>
          );
        }}
      </Plot>
      <Legend
        entries={[
          { label: m.trend_legend_score(), swatch: "h-0.5 w-5 bg-series-1" },
          { label: m.trend_legend_band(), swatch: "h-3 w-5 rounded-sm bg-band" },
        ]}
      />
    </div>
  );
}
