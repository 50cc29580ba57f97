import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver-types';
import { distance } from 'fastest-levenshtein';
import { type DescriptorHead, keysOfBlock } from '../../core/yamlSchemas';
import { isDisabled } from './modelines';
import type { Segment } from './structurePart';

/** The fields that Backstage knows, right below these. */
export interface KnownFields {
  readonly metadata: readonly string[];
  readonly spec: readonly string[];
}

/**
 * Fields that Backstage accepts and does not read, but whose names are nearly those of fields that it
 * does. Any other unknown field is as good as the known ones: plugins read them.
 */
export function misspeltFields(
  segment: Segment,
  { kind }: DescriptorHead,
  fields: KnownFields,
): readonly Diagnostic[] {
  const lines = segment.text.split(/\r?\n/);
  return (['metadata', 'spec'] as const).flatMap(parent => {
    const keys = keysOfBlock(segment.text, parent);
    const written = new Set(keys.map(({ name }) => name));
    const missing = fields[parent].filter(field => !written.has(field));
    return keys.flatMap(({ name, line, character }): Diagnostic[] => {
      const meant = fields[parent].includes(name) ? undefined : nearest(name, missing);
      if (meant === undefined) return [];
      const of = parent === 'spec' ? (kind ?? 'entities') : 'metadata';
      const message = `"${name}" is not a field of ${of} that Backstage knows; did you mean "${meant}"?`;
      if (isDisabled(lines[line - 1], message)) return [];
      const range = {
        start: { line, character },
        end: { line, character: character + name.length },
      };
      return [
        {
          range: segment.outward(range),
          severity: DiagnosticSeverity.Hint,
          source: 'callboard',
          code: 'misspelt-field',
          message,
          data: { suggestions: [meant] },
        },
      ];
    });
  });
}

/** At most two letters apart, and one in short names, where two make another word. */
function nearest(name: string, fields: readonly string[]): string | undefined {
  const limit = Math.min(2, Math.floor(name.length / 3));
  const near = fields
    .map(field => ({ field, apart: distance(name.toLowerCase(), field.toLowerCase()) }))
    .filter(({ apart }) => apart <= limit)
    .sort((a, b) => a.apart - b.apart);
  return near[0]?.field;
}
