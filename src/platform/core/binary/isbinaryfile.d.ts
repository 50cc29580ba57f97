/** Types of `isbinaryfile` that don't depend on Node's types. */
export declare function isBinaryFileSync(file: string | Uint8Array, size?: number): boolean;
