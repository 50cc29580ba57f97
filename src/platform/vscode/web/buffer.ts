/**
 * Stands in for Node's Buffer in dependencies that ask whether something is one: in a browser nothing
 * is. The build puts it where they name the global, which does not exist there.
 */
export const Buffer = { isBuffer: (): boolean => false };
