/** An address that leads nowhere. */
export declare function PageMissing(): import("react").JSX.Element;
/** A screen that broke while drawing. */
export declare function PageCrash(): import("react").JSX.Element;
