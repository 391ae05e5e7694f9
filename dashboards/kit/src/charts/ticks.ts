import { differenceInCalendarDays, eachMonthOfInterval, eachWeekOfInterval } from "date-fns";

/** Days worth a label between two instants: Mondays of a short span, first days of months of a long one. */
export function calendarTicks(start: Date, end: Date): Date[] {
  const days = differenceInCalendarDays(end, start);
  const ticks =
    days <= 75 ? eachWeekOfInterval({ start, end }, { weekStartsOn: 1 }) : eachMonthOfInterval({ start, end });
  return ticks.filter((tick) => tick >= start);
}
