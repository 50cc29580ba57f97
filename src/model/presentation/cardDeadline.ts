/** Milliseconds after which a card without content is reported as one whose plugin hasn't answered. */
export const CARD_DEADLINE = 5_000;
