import { type ReactNode } from "react";
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
/** An SVG as wide as its column that is read point by point with the pointer or the arrow keys. */
export declare function Plot({ label, height, count, positions, describe, summary, children }: PlotProps): import("react").JSX.Element;
interface GridProps {
    ticks: readonly number[];
    y: (value: number) => number;
    left: number;
    right: number;
    format: (value: number) => string;
}
/** Quiet horizontal lines with their values at the left. */
export declare function Grid({ ticks, y, left, right, format }: GridProps): import("react").JSX.Element[];
/** Every n-th item, so that labels `minimumGap` pixels apart fit into `width`. */
export declare function thin<Item>(items: readonly Item[], width: number, minimumGap: number): Item[];
interface LegendProps {
    entries: readonly {
        readonly label: string;
        readonly swatch: string;
    }[];
}
/** Names the marks; each swatch differs in shape or weight, never in colour alone. */
export declare function Legend({ entries }: LegendProps): import("react").JSX.Element;
export {};
