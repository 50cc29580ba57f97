import type { SemanticToken } from '../../../authoring/language';
import type { Segment } from '../../core';
import type { WrittenTemplate } from '../templateDocument';

const KEYWORDS = new Set([
  'if',
  'else',
  'and',
  'or',
  'not',
  'in',
  'is',
  'true',
  'false',
  'none',
  'null',
  'elif',
  'elseif',
  'for',
  'set',
  'macro',
  'call',
  'filter',
  'block',
  'switch',
  'case',
  'default',
  'raw',
  'verbatim',
]);

type Type = SemanticToken['type'];

/**
 * Semantic tokens of a text's expressions.
 * @param parameters - root of parameters: `parameters`, or `values` in a skeleton
 */
export function expressionTokens(
  { parsed, names, source }: Pick<WrittenTemplate, 'parsed' | 'names' | 'source'>,
  file: string,
  parameters = 'parameters',
): readonly SemanticToken[] {
  const types = typesOfNames(names, parameters);
  const tokens: SemanticToken[] = [];
  const add = (from: number, to: number, type: Type): void => {
    const { start, end } = source.span({ start: from, end: to });
    // Tokens can't span lines.
    if (end > start && !/[\r\n]/.test(file.slice(start, end))) tokens.push({ start, end, type });
  };
  for (const segment of parsed.segments) {
    if (!segment.tokens.length) continue;
    add(segment.start, segment.content.start, 'operator');
    for (const [index, token] of segment.tokens.entries()) {
      if (token.end > token.start) add(token.start, token.end, typeOf(segment, index, types));
    }
    if (segment.isClosed) add(segment.content.end, segment.end, 'operator');
  }
  const sorted = tokens.sort((a, b) => a.start - b.start);
  return sorted.filter(({ start }, index) => start >= (sorted[index - 1]?.end ?? 0));
}

function typeOf({ kind, tokens }: Segment, index: number, types: Map<number, Type>): Type {
  const { [index]: token, [index + 1]: next } = tokens;
  if (token?.kind === 'number') return 'number';
  if (token?.kind === 'string' || token?.kind === 'regex') return 'string';
  if (token?.kind !== 'name') return 'operator';
  if (index === 0 && kind !== 'expression') return 'keyword';
  const known = types.get(token.start);
  if (known) return known;
  // Names of arguments and keys are not values.
  if (next?.kind === 'operator' && next.value === '=') return 'parameter';
  if (next?.kind === 'operator' && next.value === ':') return 'property';
  return KEYWORDS.has(token.value) || token.value.startsWith('end') ? 'keyword' : 'variable';
}

/** Types of names, by offset. */
function typesOfNames(names: WrittenTemplate['names'], parameters: string): Map<number, Type> {
  const types = new Map<number, Type>();
  for (const { names: path, isCalled, binding } of names.paths) {
    const [root] = path;
    for (const [index, { start }] of path.entries()) {
      const isParameter = index === 1 && root.name === parameters && !binding;
      types.set(start, index === 0 ? 'variable' : isParameter ? 'parameter' : 'property');
    }
    const last = path.at(-1);
    if (isCalled && last) types.set(last.start, 'function');
  }
  for (const { name } of [...names.filters, ...names.tests]) types.set(name.start, 'function');
  for (const { start, kind } of names.bindings) {
    types.set(
      start,
      kind === 'macro' ? 'function' : kind === 'parameter' ? 'parameter' : 'variable',
    );
  }
  return types;
}
