/** Days worth a label between two instants: Mondays of a short span, first days of months of a long one. */
export declare function calendarTicks(start: Date, end: Date): Date[];
