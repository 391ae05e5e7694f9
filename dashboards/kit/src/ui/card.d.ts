import { type ReactNode } from "react";
interface CardProps {
    title: ReactNode;
    /** Beside the title: a definition, a data time, an action. */
    aside?: ReactNode;
    className?: string;
    children: ReactNode;
}
/** A titled part of a screen. */
export declare function Card({ title, aside, className, children }: CardProps): import("react").JSX.Element;
export {};
