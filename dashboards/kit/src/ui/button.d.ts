import { type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
/** The look of a button, for links that act like one. */
export declare const buttonStyle: (props?: ({
    look?: "primary" | "quiet" | "secondary" | null | undefined;
    size?: "icon" | "normal" | "small" | null | undefined;
} & import("class-variance-authority/types").ClassProp) | undefined) => string;
type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyle> & {
    busy?: boolean;
};
/** A button; while `busy` it spins and takes no second press. */
export declare function Button({ look, size, busy, className, children, onClick, ...rest }: ButtonProps): import("react").JSX.Element;
export {};
