/**
 * Replaces Node's Buffer in dependencies that check for buffers, which don't exist in a browser. The build substitutes
 * it for the global.
 */
export const Buffer = { isBuffer: (): boolean => false };
