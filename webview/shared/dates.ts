/** A time in words, in the language of the window. @param timeStyle - whether the minute is told as well */
export function dateOf(time: number, timeStyle?: 'short'): string {
  const { lang } = document.documentElement;
  return new Date(time).toLocaleString(lang, {
    dateStyle: 'long',
    ...(timeStyle && { timeStyle }),
  });
}
