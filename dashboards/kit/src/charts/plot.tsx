import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";

/** The drawing area of a chart, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The point under the pointer or the keyboard's cursor. */
  readonly active: number | undefined;
}

interface PlotProps {
  /** What the chart shows, for those who cannot see it. */
  label: string;
  /** Pixels; fixed, so that nothing moves while data loads. */
  height: number;
  count: number;
  /** The horizontal centre of each point, in pixels. */
  positions: (width: number) => readonly number[];
  /** One point in words: shown above the chart and read out on every step. */
  describe: (index: number) => string;
  /** Shown above the chart while no point is chosen. */
  summary: string;
  children: (frame: Frame) => ReactNode;
}

const STEPS: Record<string, (index: number, last: number) => number> = {
  ArrowLeft: (index) => index - 1,
  ArrowDown: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  ArrowUp: (index) => index + 1,
  Home: () => 0,
  End: (_index, last) => last,
};

function nearest(positions: readonly number[], x: number): number {
  let best = 0;
  positions.forEach((position, index) => {
    if (Math.abs(position - x) < Math.abs((positions[best] ?? 0) - x)) best = index;
  });
  return best;
}

/** An SVG as wide as its column that is read point by point with the pointer or the arrow keys. */
export function Plot({ label, height, count, positions, describe, summary, children }: PlotProps) {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [active, setActive] = useState<number>();
  const last = count - 1;

  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);

  function step(event: KeyboardEvent) {
    if (event.key === "Escape") return setActive(undefined);
    const next = STEPS[event.key];
    if (!next) return;
    event.preventDefault();
    setActive((index) => Math.min(last, Math.max(0, next(index ?? last, last))));
  }

  function point(event: PointerEvent<HTMLDivElement>) {
    const left = event.currentTarget.getBoundingClientRect().left;
    setActive(nearest(positions(width), event.clientX - left));
  }

  const shown = active !== undefined && active <= last ? active : undefined;
  return (
    <div>
      <p aria-hidden className="mb-2 min-h-10 text-sm text-muted sm:min-h-5">
        {shown === undefined ? summary : describe(shown)}
      </p>
      <div
        ref={element}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={count}
        aria-valuenow={(shown ?? last) + 1}
        aria-valuetext={shown === undefined ? summary : describe(shown)}
        aria-orientation="horizontal"
        className="touch-pan-y rounded-lg"
        style={{ height }}
        onKeyDown={step}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setActive(undefined)}
        onBlur={() => setActive(undefined)}
      >
        {width > 0 && (
          <svg aria-hidden width={width} height={height} className="block overflow-visible text-xs">
            {children({ width, height, active: shown })}
          </svg>
        )}
      </div>
    </div>
  );
}

interface GridProps {
  ticks: readonly number[];
  y: (value: number) => number;
  left: number;
  right: number;
  format: (value: number) => string;
}

/** Quiet horizontal lines with their values at the left. */
export function Grid({ ticks, y, left, right, format }: GridProps) {
  return ticks.map((tick) => (
    <g key={tick} transform={`translate(0 ${y(tick)})`}>
      <line x1={left} x2={right} className="stroke-line" />
      <text x={left - 8} dy="0.32em" textAnchor="end" className="fill-muted">
        {format(tick)}
      </text>
    </g>
  ));
}

/** Every n-th item, so that labels `minimumGap` pixels apart fit into `width`. */
export function thin<Item>(items: readonly Item[], width: number, minimumGap: number): Item[] {
  const every = Math.max(1, Math.ceil((items.length * minimumGap) / Math.max(width, 1)));
  return items.filter((_item, index) => index % every === 0);
}

interface LegendProps {
  entries: readonly { readonly label: string; readonly swatch: string }[];
}

/** Names the marks; each swatch differs in shape or weight, never in colour alone. */
export function Legend({ entries }: LegendProps) {
  return (
    <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
      {entries.map(({ label, swatch }) => (
        <li key={label} className="flex items-center gap-2">
          <span aria-hidden className={swatch} />
          {label}
        </li>
      ))}
    </ul>
  );
}
