/** Says that something was done, for a few seconds, without taking the focus. */
export declare function toast(text: string): void;
/** Where toasts appear; read out politely. */
export declare function Toaster(): import("react").JSX.Element;
