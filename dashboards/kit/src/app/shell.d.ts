import type { ReactNode } from "react";
import type { Viewer } from "./viewer.js";
/** One entry of the main navigation. */
export interface NavigationItem {
    readonly to: string;
    readonly label: string;
    readonly icon: ReactNode;
}
/** Up to two initials: "Siti Rahmawati" is SR. */
export declare function initialsOf(name: string): string;
interface ShellProps {
    /** "Orang Tua", "Sekolah", … */
    name: string;
    navigation: readonly NavigationItem[];
    viewer: Viewer;
    children: ReactNode;
}
/** The frame of every signed-in screen. */
export declare function Shell({ name, navigation, viewer, children }: ShellProps): import("react").JSX.Element;
export {};
