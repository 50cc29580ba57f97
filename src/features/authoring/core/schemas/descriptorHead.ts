import { isRecord, trailing } from '../../../../base';
import { parseYaml } from '../../../../platform/core/yaml';

/** What tells which schema a document is written for, as far as it is written. */
export interface DescriptorHead {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** `spec.type`. */
  readonly specType: string | undefined;
  /** The keys at the top level, in their order. */
  readonly keys: readonly string[];
  /** Whether there is nothing but comments, blank lines and markers. */
  readonly isBlank: boolean;
}

/** Beyond this, a document in braces is not read for its head. */
const MAX_FLOW_LENGTH = 100_000;

const KEY = /(?:(?:"([^"\\\r\n]+)"|'([^'\r\n]+)')[ \t]*|([^\s"'#[\]{},&*!|>%@`:-][^\r\n:#]*))/
  .source;
const TOP_LEVEL = new RegExp(`^(?:---[ \\t]+)?${KEY}:(?=[ \\t\\r\\n]|$)[ \\t]*(.*)$`, 'gm');

/**
 * Reads the head of one YAML document by its lines, so that it is found in a document that is half
 * written and in one that is large. Where a key stands twice, the first counts.
 */
export function readDescriptorHead(source: string): DescriptorHead {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const content = /^(?:[ \t]*(?:#.*)?(?:---[ \t]*(?:#.*)?)?\r?\n)*/.exec(text)?.[0].length ?? 0;
  if (/^(?:---)?[ \t]*\{/.test(text.slice(content, content + 100))) return flowHead(text);
  const fields = new Map<string, { value: string; end: number; start: number }>();
  for (const match of text.matchAll(TOP_LEVEL)) {
    const key = match[1] ?? match[2] ?? withoutBlanks(match[3] ?? '');
    const start = match.index;
    if (!fields.has(key)) fields.set(key, { value: match[4] ?? '', start, end: text.length });
  }
  const spec = fields.get('spec');
  const next = spec && [...fields.values()].find(({ start }) => start > spec.start);
  return {
    apiVersion: scalarOf(fields.get('apiVersion')?.value),
    kind: scalarOf(fields.get('kind')?.value),
    specType: spec && typeIn(text.slice(spec.start, next?.start)),
    keys: [...fields.keys()],
    isBlank: fields.size === 0 && !/^(?!---)[ \t]*[^\s#]/m.test(text),
  };
}

function withoutComment(value: string): string {
  const comment = value.search(/(?:^|[ \t])#/);
  return comment < 0 ? value : withoutBlanks(value.slice(0, comment));
}

function withoutBlanks(text: string): string {
  return text.slice(0, text.length - trailing(text, /[ \t]/).length);
}

/** The first `type` at the first level of the block. */
function typeIn(block: string): string | undefined {
  const flow = /^spec[ \t]*:[ \t]*\{[^}]*?\btype[ \t]*:[ \t]*([^,}\r\n]+)/.exec(block);
  if (flow) return scalarOf(flow[1]);
  const indent = /\n([ ]+)[^\s#-]/.exec(block)?.[1];
  if (indent === undefined) return undefined;
  return scalarOf(new RegExp(`\\n${indent}type[ \\t]*:[ \\t]+(.*)`).exec(block)?.[1]);
}

/** A plain or quoted scalar without what may stand before and behind it. */
function scalarOf(written: string | undefined): string | undefined {
  const value = written?.replace(/^(?:[&!]\S*[ \t]+)+/, '').trim();
  if (!value) return undefined;
  const quoted = /^(?:"([^"]*)"|'([^']*)')/.exec(value);
  const plain = quoted ? (quoted[1] ?? quoted[2]) : withoutComment(value);
  return plain === undefined || plain === '' || /^[|>*[{]/.test(plain) ? undefined : plain;
}

function flowHead(text: string): DescriptorHead {
  const value = text.length > MAX_FLOW_LENGTH ? undefined : valueOf(text);
  const read = (from: unknown, key: string): string | undefined => {
    const found = isRecord(from) && Object.hasOwn(from, key) ? from[key] : undefined;
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  return {
    apiVersion: read(value, 'apiVersion'),
    kind: read(value, 'kind'),
    specType: read(
      isRecord(value) && Object.hasOwn(value, 'spec') ? value.spec : undefined,
      'type',
    ),
    keys: isRecord(value) ? Object.keys(value) : [],
    isBlank: false,
  };
}

function valueOf(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    // Half written, or not YAML: nothing is known of it.
    return undefined;
  }
}
