import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { isLongRun } from './longRun';
import { sharedMaterial } from './sharedMaterial';

/** Files of real projects by path. */
export interface RealRepository {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Weight of this project's own files, which are always available. */
  readonly weight: number;
  /** Whether tests that take long use it in normal runs, too: the project's own, and every third of others. */
  readonly isUsual: boolean;
}

const project = resolve(import.meta.dirname, '..', '..');

/** The catalogs for tests that take long: all of them in long runs only. */
export function someRealRepositories(tests: string): readonly RealRepository[] {
  return realRepositories(tests).filter(({ isUsual }) => isUsual || isLongRun);
}

/** The project's own catalogs, and those of other projects if available; see `sharedMaterial`. */
export function realRepositories(tests: string): readonly RealRepository[] {
  const corpus = sharedMaterial('corpus', tests);
  const others = corpus ? readdirSync(corpus, { withFileTypes: true }) : [];
  const own = (name: string, ...folder: string[]): RealRepository => ({
    name,
    files: textsIn(join(project, ...folder)),
    weight: 5,
    isUsual: true,
  });
  return [
    own('demo', 'demo'),
    own('problems', 'test', 'fixtures', 'problems'),
    ...others
      .filter(entry => entry.isDirectory())
      .map(({ name }, index) => ({
        name,
        files: textsIn(join(corpus ?? '', name, 'tree')),
        weight: 1,
        isUsual: index % 3 === 0,
      })),
  ];
}

/** Returns all files below a folder by their relative paths. */
export function textsIn(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter(entry => entry.isFile())
      .map(entry => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
      }),
  );
}

/** Fragments of YAML and of templates, including invalid ones. */
const PIECES = [
  '\n',
  ' ',
  '  ',
  '- ',
  ': ',
  ':',
  '#',
  '"',
  "'",
  '[',
  ']',
  '{',
  '}',
  ',',
  '|\n',
  '>-\n',
  '---\n',
  '...\n',
  '\r\n',
  '\r',
  '\t',
  '&a ',
  '*a',
  '<<: *a\n',
  '!!str ',
  '? ',
  '%YAML 1.2\n',
  '\uFEFF',
  '\uD800',
  '𝕏',
  'é',
  '\0',
  '__proto__: ',
  'constructor',
  'toString: ',
  '${{ ',
  ' }}',
  '{% if ',
  ' %}',
  '{# ',
  'parameters.',
  'steps.',
  'values.',
  "['",
  ' | ',
  'kind: Component\n',
  'apiVersion: backstage.io/v1alpha1\n',
  'metadata:\n  ',
  'name: ',
  'spec:\n  owner: ',
  'group:',
  'default/',
  '$text: ./',
  '# yaml-language-server: $schema=x\n',
];

/** An edit of any text; offsets and lengths are fractions of its length. */
export interface TextEdit {
  readonly at: number;
  /** The removed part: nothing, some characters, or a section of the text. */
  readonly cut: number;
  readonly isPart: boolean;
  /** The inserted part: fragments, and other parts of the text. */
  readonly pieces: readonly string[];
  readonly copied: { readonly from: number; readonly length: number } | undefined;
}

const part = fc.double({ min: 0, max: 1, noNaN: true, noDefaultInfinity: true });

const textEdit: fc.Arbitrary<TextEdit> = fc.record({
  at: part,
  cut: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: part }),
  isPart: fc.integer({ min: 0, max: 9 }).map(drawn => drawn === 9),
  pieces: fc.array(fc.constantFrom(...PIECES), { maxLength: 3 }),
  copied: fc.option(fc.record({ from: part, length: fc.nat(300) }), { nil: undefined, freq: 3 }),
});

/** Edits of a text, and a cursor in the result. */
export const editing = fc.record({
  edits: fc.array(textEdit, { minLength: 1, maxLength: 4 }),
  place: part,
  /** Whether the cursor is after the last edit, as while typing. */
  isBehind: fc.boolean(),
});

export type Editing = typeof editing extends fc.Arbitrary<infer T> ? T : never;

/** Returns the edited text and the offset of the cursor. */
export function edited(
  text: string,
  { edits, place, isBehind }: Editing,
): { readonly text: string; readonly offset: number } {
  let cursor = 0;
  let result = text;
  for (const { at, cut, isPart, pieces, copied } of edits) {
    const start = Math.floor(at * result.length);
    const end = start + Math.ceil(cut * (isPart ? result.length : 40));
    const from = Math.floor((copied?.from ?? 0) * result.length);
    const inserted = pieces.join('') + result.slice(from, from + (copied?.length ?? 0));
    result = result.slice(0, start) + inserted + result.slice(end);
    cursor = start + inserted.length;
  }
  return { text: result, offset: isBehind ? cursor : Math.floor(place * result.length) };
}
