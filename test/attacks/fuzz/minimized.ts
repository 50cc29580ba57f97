/** Shortest inputs that failed once. */
export const minimized: readonly { readonly reader: string; readonly input: string }[] = [
  // YAML to the quick reader of definitions, which isn't asked about formats with parsers of their own.
  { reader: 'gRPC', input: 'e{:' },
];
