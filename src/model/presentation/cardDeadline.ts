/** Time in milliseconds after which a card without content is reported as not responding. */
export const CARD_DEADLINE = 5_000;
