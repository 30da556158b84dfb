/** How moments are written: by the reader's own clock and zone, in 24 hours. */

const DAY = { weekday: "short", day: "numeric", month: "short" };
const MINUTE = { hour: "2-digit", minute: "2-digit" };

const writer = (parts) => new Intl.DateTimeFormat("en-GB", parts);

export const minuteOfDay = writer(MINUTE);
export const secondOfDay = writer({ ...MINUTE, second: "2-digit" });
export const dayAndMinute = writer({ ...DAY, ...MINUTE });
export const dayOfYear = writer({ ...DAY, year: "numeric" });
export const wholeDay = writer({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

/** Reads a time of the playground: ISO 8601 with a zone, or Unix seconds. Returns milliseconds. */
export function moment(time) {
  return typeof time === "number" ? time * 1000 : Date.parse(time);
}

const MINUTE_LONG = 60; // seconds, as below
const HOUR_LONG = 60 * MINUTE_LONG;
const DAY_LONG = 24 * HOUR_LONG;

/** A length of time in its two largest units: "3 days 4 hours". */
export function spanOf(seconds) {
  const parts = [
    [Math.floor(seconds / DAY_LONG), "day"],
    [Math.floor(seconds / HOUR_LONG) % 24, "hour"],
    [Math.floor(seconds / MINUTE_LONG) % 60, "minute"],
    [Math.round(seconds) % 60, "second"],
  ];
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => counted(count, unit));
  return said.slice(0, 2).join(" ") || "A moment";
}

/** "1 member", "3 members". */
export function counted(count, unit) {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
