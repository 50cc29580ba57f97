/**
 * Whether something was less than so long ago. Where the clock was put back since then, nobody knows: it counts as long ago.
 *
 * @param at - milliseconds since the epoch, as are `now` and, as a length, `duration`
 */
export function isRecent(at: number, now: number, duration: number): boolean {
  return at <= now && now - at < duration;
}
