/** Shortest inputs that failed once. */
export const minimized: readonly { readonly reader: string; readonly input: string }[] = [
  // The quick reader of definitions takes this for YAML, but never receives formats with their own parsers.
  { reader: 'gRPC', input: 'e{:' },
];
