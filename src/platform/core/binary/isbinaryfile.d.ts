/** Types of `isbinaryfile` without Node's, which its own bring along. */
export declare function isBinaryFileSync(file: string | Uint8Array, size?: number): boolean;
