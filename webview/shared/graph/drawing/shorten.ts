/** Share of a shortened text before the ellipsis. */
const HEAD = 0.65;

/** Shortens a text in the middle, because names of a series differ at the end. */
export function shorten(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const characters = [...text];
  let [short, long] = [1, characters.length];
  while (long - short > 1) {
    const middle = (short + long) >> 1;
    if (fits(cut(characters, middle))) short = middle;
    else long = middle;
  }
  return cut(characters, short);
}

function cut(characters: readonly string[], length: number): string {
  const head = Math.ceil(length * HEAD);
  const tail = characters.slice(characters.length - (length - head)).join('');
  const start = characters.slice(0, head).join('').trimEnd();
  return `${start}…${length > head ? tail.trimStart() : ''}`;
}
