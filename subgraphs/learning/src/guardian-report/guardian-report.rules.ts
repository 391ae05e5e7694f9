import type { ReportKind } from "@lentera/prisma/learning";
import { endOfDay, localDay } from "../streak/streak.rules.js";

/** A week from Monday or a calendar month that is over. */
export interface Period {
  readonly kind: ReportKind;
  readonly startsOn: string;
  /** Its last day. */
  readonly endsOn: string;
  /** The instants at which it began and was over in the zone. */
  readonly from: Date;
  readonly to: Date;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_DAYS = 7;

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The latest week and the latest month that are over on the calendar of a zone (C-21). */
export function latestPeriods(now: Date, zone: string): Period[] {
  const today = localDay(now, zone);
  const sinceMonday = (new Date(today).getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;
  const sunday = plusDays(today, -sinceMonday - 1);
  const endOfMonth = plusDays(`${today.slice(0, 7)}-01`, -1);
  const periodOf = (kind: ReportKind, startsOn: string, endsOn: string): Period => ({
    kind,
    startsOn,
    endsOn,
    from: endOfDay(plusDays(startsOn, -1), zone),
    to: endOfDay(endsOn, zone),
  });
  return [
    periodOf("WEEKLY", plusDays(sunday, 1 - WEEK_DAYS), sunday),
    periodOf("MONTHLY", `${endOfMonth.slice(0, 7)}-01`, endOfMonth),
  ];
}
