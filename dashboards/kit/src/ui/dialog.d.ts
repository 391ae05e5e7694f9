import { type ReactNode } from "react";
interface DialogProps {
    open: boolean;
    title: string;
    onClose: () => void;
    children: ReactNode;
}
/** A modal question. The browser traps the focus in it and gives the focus back when it closes. */
export declare function Dialog({ open, title, onClose, children }: DialogProps): import("react").JSX.Element;
export {};
