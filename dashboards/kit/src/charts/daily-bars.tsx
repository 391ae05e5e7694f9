import { max } from "d3-array";
import { scaleBand, scaleLinear } from "d3-scale";
import { m } from "../messages.js";
import { formatDay, formatLongDate, formatNumber } from "../i18n/format.js";
import { Grid, Legend, Plot, thin } from "./plot.js";

/** What was started and what was handed in on one day. */
export interface Day {
  readonly date: Date;
  readonly started: number;
  readonly submitted: number;
}

const HEIGHT = 260;
const MARGIN = { top: 12, right: 4, bottom: 28, left: 44 };

function scalesFor(days: readonly Day[], width: number) {
  return {
    x: scaleBand<number>()
      .domain(days.keys())
      .range([MARGIN.left, width - MARGIN.right])
      .paddingInner(days.length > 45 ? 0.2 : 0.3),
    y: scaleLinear()
      .domain([0, max(days, ({ started, submitted }) => Math.max(started, submitted)) || 1])
      .nice(4)
      .range([HEIGHT - MARGIN.bottom, MARGIN.top]),
  };
}

interface DailyBarsProps {
  label: string;
  /** Oldest first; at least one. */
  days: readonly Day[];
  summary: string;
}

/** One bar a day: the light bar was started, the solid bar in it was handed in. */
export function DailyBars({ label, days, summary }: DailyBarsProps) {
  const describe = (index: number) => {
    const day = days[index];
    if (!day) return summary;
    return m.daily_point({
      date: formatLongDate(day.date),
      started: formatNumber(day.started),
      submitted: formatNumber(day.submitted),
    });
  };
  return (
    <div>
      <Plot
        label={label}
        height={HEIGHT}
        count={days.length}
        positions={(width) => {
          const { x } = scalesFor(days, width);
          return days.map((_day, index) => (x(index) ?? 0) + x.bandwidth() / 2);
        }}
        describe={describe}
        summary={summary}
      >
        {({ width, active }) => {
          const { x, y } = scalesFor(days, width);
          const baseline = HEIGHT - MARGIN.bottom;
          const bar = x.bandwidth();
          const labelled = thin([...days.entries()], width - MARGIN.left, 64);
          return (
            <>
              <Grid
                ticks={y.ticks(4).filter(Number.isInteger)}
                y={y}
                left={MARGIN.left}
                right={width - MARGIN.right}
                format={formatNumber}
              />
              {days.map((day, index) => (
                <g key={day.date.getTime()} opacity={active === undefined || active === index ? 1 : 0.5}>
                  <rect
                    x={x(index)}
                    y={y(day.started)}
                    width={bar}
                    height={baseline - y(day.started)}
                    rx={Math.min(3, bar / 3)}
                    className="fill-band stroke-series-1"
                    strokeWidth={bar > 6 ? 1 : 0.5}
                  />
                  <rect
                    x={(x(index) ?? 0) + bar * 0.2}
                    y={y(day.submitted)}
                    width={bar * 0.6}
                    height={baseline - y(day.submitted)}
                    rx={Math.min(2, bar / 4)}
                    className="fill-series-1"
                  />
                </g>
              ))}
              <line x1={MARGIN.left} x2={width - MARGIN.right} y1={baseline} y2={baseline} className="stroke-control" />
              {labelled.map(([index, day]) => (
                <text
                  key={index}
                  x={(x(index) ?? 0) + bar / 2}
                  y={HEIGHT - 8}
                  textAnchor="middle"
                  className="fill-muted"
                >
                  {formatDay(day.date)}
                </text>
              ))}
            </>
          );
        }}
      </Plot>
      <Legend
        entries={[
          { label: m.daily_started(), swatch: "h-3 w-5 rounded-sm border border-series-1 bg-band" },
          { label: m.daily_submitted(), swatch: "h-3 w-2 rounded-sm bg-series-1" },
        ]}
      />
    </div>
  );
}
