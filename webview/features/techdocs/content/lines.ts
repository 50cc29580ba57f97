/** The first line, counted from 0, of what a block was written in. */
export const LINE = 'data-line';
