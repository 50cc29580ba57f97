/**
 * Whether a time is less than `duration` ago. A time in the future, after the clock was set back,
 * counts as not recent.
 *
 * @param at - milliseconds since the epoch, like `now`
 * @param duration - in milliseconds
 */
export function isRecent(at: number, now: number, duration: number): boolean {
  return at <= now && now - at < duration;
}
