/* Replaces `domutils`, the part of htmlparser2 that builds and prints trees. Callboard uses only the parser. */
export const getFeed = undefined;
