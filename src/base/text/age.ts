import { type Translate, translateCount } from './translate';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Formats the time since an event. Times in the future, due to different clocks, are "just now". */
export function formatAge(time: number, now: number, translate: Translate): string {
  const age = now - time;
  if (age < MINUTE) return translate('just now');
  if (age < HOUR) return translate('{0} min ago', Math.floor(age / MINUTE));
  if (age < DAY) return translate('{0} h ago', Math.floor(age / HOUR));
  const days = Math.floor(age / DAY);
  return translateCount(days, { one: '{0} day ago', other: '{0} days ago' });
}

/** Formats the time until an event. */
export function formatTimeLeft(time: number, now: number, translate: Translate): string {
  const left = time - now;
  if (left < MINUTE) return translate('in less than a minute');
  if (left < HOUR) return translate('in {0} min', Math.ceil(left / MINUTE));
  return translate('in {0} h', Math.ceil(left / HOUR));
}
