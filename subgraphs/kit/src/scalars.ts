import { GraphQLScalarType, Kind } from "graphql";
import { GraphQLDateTimeISO } from "graphql-scalars";

/** An instant, RFC 3339 in UTC with milliseconds. */
export const DateTime = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: "DateTime",
  description: "An instant, RFC 3339 in UTC, e.g. `2026-11-20T07:30:00.000Z`.",
});

const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;

function calendarDate(value: unknown): string {
  if (typeof value === "string" && CALENDAR_DATE.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw new TypeError("A date looks like 2026-11-20.");
}

/** A day of the calendar without a time zone. */
export const CalendarDate = new GraphQLScalarType<string, string>({
  name: "Date",
  description: "A calendar day, `YYYY-MM-DD`.",
  serialize: calendarDate,
  parseValue: calendarDate,
  parseLiteral: (node) => calendarDate(node.kind === Kind.STRING ? node.value : undefined),
});
