/** The time, to the minute; whatever shows it is drawn anew as it passes. */
export declare function useNow(): Date;
