import { type ReactNode } from "react";
interface PopoverProps {
    /** What the button opens, for those who cannot see its content. */
    label: string;
    /** The content of the button that opens it. */
    trigger: ReactNode;
    triggerId?: string;
    triggerClassName: string;
    className: string;
    children: ReactNode;
}
/**
 * A button with a small panel that floats by it. The browser closes it on Escape and on a press outside, and gives
 * the focus back.
 */
export declare function Popover({ label, trigger, triggerId, triggerClassName, className, children }: PopoverProps): import("react").JSX.Element;
export {};
