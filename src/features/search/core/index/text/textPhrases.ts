import { type Token, tokenize } from './tokenize';

/** What is put together of several words stands behind them, but where the first of them does. */
export function byPosition(tokens: readonly Token[]): ReadonlyMap<number, readonly Token[]> {
  const places = new Map<number, Token[]>();
  for (const token of tokens) {
    const there = places.get(token.position);
    if (there) there.push(token);
    else places.set(token.position, [token]);
  }
  return places;
}

interface WantedPhrase {
  readonly phrase: readonly string[];
  /** Whether its last word may be the beginning of one. */
  readonly isOpen: boolean;
  readonly places: ReadonlyMap<number, readonly Token[]>;
}

/** The last token of a phrase that begins with a token. */
export function lastOfPhrase(
  first: Token,
  { phrase, isOpen, places }: WantedPhrase,
): Token | undefined {
  let last: Token | undefined;
  for (const [at, wanted] of phrase.entries()) {
    const there = last ? (places.get(last.position + last.parts) ?? []) : [first];
    const mayGoOn = isOpen && at === phrase.length - 1;
    last = there.find(({ term }) => (mayGoOn ? term.startsWith(wanted) : term === wanted));
    if (!last) return undefined;
  }
  return last;
}

/** Whether one of the phrases stands in a text. */
export function saysAny(text: string, phrases: readonly (readonly string[])[]): boolean {
  const tokens = tokenize(text, 'name');
  const places = byPosition(tokens);
  return phrases.some(phrase =>
    tokens.some(token => lastOfPhrase(token, { phrase, isOpen: false, places })),
  );
}
