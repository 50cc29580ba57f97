/**
 * Formats a day for people.
 *
 * @param {Date} day
 * @param {string} language such as `en`
 */
export function formatDay(day, language) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(day);
}
