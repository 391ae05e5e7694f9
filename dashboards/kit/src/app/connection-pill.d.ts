/** Whether what is on screen moves by itself; silent while nothing on screen is live. */
export declare function ConnectionPill(): import("react").JSX.Element;
