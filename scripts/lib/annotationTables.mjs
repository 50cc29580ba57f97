import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inProject } from './project.mjs';

/** Table of known annotations, one row each. */
export const annotationTable = inProject('src', 'model', 'annotations', 'annotations.tsv');

/**
 * Writes the table of annotations as modules: one for checks, and one for completion and hovers.
 *
 * @param {string} folder
 */
export function writeAnnotationTables(folder) {
  const [, ...lines] = readFileSync(annotationTable, 'utf8').trimEnd().split('\n');
  const rows = lines.map(line => line.split('\t'));
  /** @param {string} name @param {string} text */
  const write = (name, text) => writeFileSync(join(folder, `${name}.ts`), text);
  const checks = rows.map(([key, format, , , , kinds, values, note]) => {
    const more = { kinds: list(kinds), values: list(values), ...meaningOf(note) };
    if (JSON.stringify(more) !== '{}') return [key, format, more];
    return format === 'text' ? [key] : [key, format];
  });
  write('annotations', `export const annotationRows = ${JSON.stringify(checks)} as const;\n`);
  const refs = rows.flatMap(([key, , , , , , , note]) => {
    const [isRef, kind] = /^ref(?: of (\w+))?$/.exec(note ?? '') ?? [];
    return isRef ? [{ key, kinds: list(kind) }] : [];
  });
  write(
    'refAnnotations',
    `/** An annotation whose value is a ref. It names its kind; without a namespace it is in \`default\`. */
export interface RefAnnotation {
  readonly key: string;
  /** Kinds that can have the annotation; undefined: all. */
  readonly kinds?: readonly string[];
}

export const refAnnotations: readonly RefAnnotation[] = ${JSON.stringify(refs)};
`,
  );
  const texts = rows.map(([key, , example, meaning, reader]) => [key, meaning, example, reader]);
  write(
    'annotationTexts',
    `type Row = readonly [key: string, title: string, example: string, usedBy: string];
export const annotationTexts: readonly Row[] = ${JSON.stringify(texts)};
`,
  );
}

/** @param {string | undefined} cell */
function list(cell) {
  return cell ? cell.split(', ') : undefined;
}

/** @param {string | undefined} note */
function meaningOf(note = '') {
  if (note === 'written by the catalog') return { isWrittenByBackstage: true };
  const [, advice] = /^deprecated: (.*)$/.exec(note) ?? [];
  return advice && { deprecated: { by: /^use ([^\s,]+)/.exec(advice)?.[1], advice } };
}
