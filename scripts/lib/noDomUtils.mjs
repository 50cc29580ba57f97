/*
 * Stands in for `domutils`, which htmlparser2 offers besides its parser: trees of pages, and how they are written. Nobody
 * here makes any.
 */
export const getFeed = undefined;
