/** A grey stand-in; give it the size of what will come, so that nothing moves. */
export declare function Skeleton({ className }: {
    className: string;
}): import("react").JSX.Element;
/** Says once, to those who cannot see the skeletons, that something is loading. */
export declare function LoadingNote(): import("react").JSX.Element;
