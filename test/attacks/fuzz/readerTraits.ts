import type { Reader } from '../attack';

/** Files of problems whose places are in the input, by reader. */
const FILES: Readonly<Record<string, string>> = {
  descriptors: '/work/x.yaml',
  'files that a Backstage would register': '/work/x.yaml',
  Templates: '/work/x.yaml',
  'app-config.yaml': '/work/app-config.yaml',
  'mkdocs.yml': '/work/mkdocs.yml',
};

/** The file of problems that have to be inside of the input; undefined if a reader has none. */
export function fileOfPlaces(reader: string): string | undefined {
  return Object.hasOwn(FILES, reader) ? FILES[reader] : undefined;
}

const STATE = 'a sign-in has a random state, and tokens the time at which they end';

/** Readers whose second result differs, each with the reason. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'metadata of an authorization server': STATE,
  'registrations of an authorization server': STATE,
  'tokens of an authorization server': STATE,
};

/** Whether two results for one input may differ. */
export function mayDiffer(reader: string): boolean {
  return Object.hasOwn(DIFFERENT, reader);
}

/** Readers that aren't fuzzed, each with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'headers of messages of callboard lsp':
    'a message that is shorter than its header says waits for the rest, as it should',
};

/**
 * Whether random inputs reach a reader and it ends by itself. Readers of archives take whole files, and those of a small
 * scale start processes or servers: they have their attacks.
 */
export function isFuzzed({ name, format, scale = 1 }: Reader): boolean {
  return format !== 'archive' && scale > 0.2 && !Object.hasOwn(LEFT_OUT, name);
}
