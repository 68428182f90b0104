/** Dates and times as the browser's language writes them, in its time zone. Apart from numbers: the first page has none. */
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const second = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

type Moment = string | number | Date;

export function formatDay(at: Moment): string {
  return day.format(new Date(at));
}

export function formatDayAndTime(at: Moment): string {
  return minute.format(new Date(at));
}

/** To the second: for what is compared with other records. */
export function formatMoment(at: Moment): string {
  return second.format(new Date(at));
}

export function formatTime(at: Moment): string {
  return time.format(new Date(at));
}
