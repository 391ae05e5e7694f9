import { type VariantProps } from "class-variance-authority";
import type { ReactNode } from "react";
declare const style: (props?: ({
    tone?: "danger" | "info" | "neutral" | "success" | "warning" | null | undefined;
} & import("class-variance-authority/types").ClassProp) | undefined) => string;
export type BadgeTone = NonNullable<VariantProps<typeof style>["tone"]>;
/** A short state in a word or two; the word carries the meaning, the tone only supports it. */
export declare function Badge({ tone, children }: {
    tone?: BadgeTone;
    children: ReactNode;
}): import("react").JSX.Element;
export {};
