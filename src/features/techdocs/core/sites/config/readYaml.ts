import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { EMPTY_RANGE, LineIndex, type Range } from '../../../../../base';
import type { Environment } from '../../../../../platform/core/ports';
import { composeDocuments } from '../../../../../platform/core/yaml';
import type { ConfigEntry, ConfigMap, ConfigNode, ConfigScalar } from './configNode';

/** A plain scalar in PyYAML's interpretation: YAML 1.1, as far as PyYAML implements it. */
interface PythonScalar {
  readonly value: string | number | boolean | null | undefined;
  /** Python's `str` of the value. */
  readonly text: string;
}

const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER = /^([-+]?)(?:0b([01_]+)|0([0-7_]+)|(0|[1-9][0-9_]*)|0x([0-9a-fA-F_]+))$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const INFINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** Numbers to the base 60, such as `1:30`. */
const SEXAGESIMAL = /^([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::\d\d)?))?$/;

function pythonScalar(source: string): PythonScalar {
  if (NULL.test(source)) return { value: null, text: 'None' };
  if (TRUE.test(source)) return { value: true, text: 'True' };
  if (FALSE.test(source)) return { value: false, text: 'False' };
  const integer = INTEGER.exec(source);
  if (integer) return integerOf(integer);
  const sixty = SEXAGESIMAL.exec(source);
  if (sixty) {
    const digits = (sixty[2] ?? '').replaceAll('_', '').split(':');
    const size = digits.reduce((sum, digit) => sum * 60 + Number(digit), 0);
    return number(sixty[1] === '-' ? -size : size);
  }
  if (FLOAT.test(source)) return float(Number(source.replaceAll('_', '')));
  if (INFINITE.test(source)) {
    const isNegative = source.startsWith('-');
    return { value: undefined, text: /nan/i.test(source) ? 'nan' : isNegative ? '-inf' : 'inf' };
  }
  if (DATE.test(source)) return { value: undefined, text: source };
  const time = TIMESTAMP.exec(source);
  if (time) return { value: undefined, text: timestampText(time) };
  return { value: source, text: source };
}

/** Returns the text of a timestamp as Python formats it. */
function timestampText(match: RegExpExecArray): string {
  const [, year = '', month = '', day = '', ...time] = match;
  const [hour = '', minute = '', second = '', fraction = '', zone = ''] = time;
  const two = (digits: string): string => digits.padStart(2, '0');
  const micros = fraction.slice(0, 6).padEnd(6, '0');
  const [hours = '', minutes = '00'] = zone === 'Z' ? ['0'] : zone.slice(1).split(':');
  const offset = zone === '' ? '' : `${zone[0] === '-' ? '-' : '+'}${two(hours)}:${minutes}`;
  const seconds = Number(micros) ? `${second}.${micros}` : second;
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${minute}:${seconds}${offset}`;
}

function integerOf(match: RegExpExecArray): PythonScalar {
  const [, sign, binary, octal, decimal, hex] = match;
  const digits = binary ?? octal ?? decimal ?? hex ?? '';
  const base = binary ? 2 : octal ? 8 : hex ? 16 : 10;
  const size = parseInt(digits.replaceAll('_', '') || '0', base);
  return number(sign === '-' ? -size : size);
}

function number(value: number): PythonScalar {
  return { value, text: String(value) };
}

function float(value: number): PythonScalar {
  return { value, text: Number.isInteger(value) ? `${value}.0` : String(value) };
}

export interface YamlIssue {
  readonly message: string;
  readonly range: Range;
}

export interface ReadYaml {
  /** Undefined for an empty or unreadable file. */
  readonly node: ConfigNode | undefined;
  readonly issues: readonly YamlIssue[];
  /** Whether content may be missing after a syntax error or because of a limit. */
  readonly isIncomplete: boolean;
  /** Source texts of environment values, by value. */
  readonly written: ReadonlyMap<string, string>;
  /** YAML tags in the file. */
  readonly tags: readonly YamlTag[];
  /** Keys that a map has more than once, which PyYAML accepts. */
  readonly duplicateKeys: readonly YamlIssue[];
}

/** A YAML tag with its unabbreviated name. */
export interface YamlTag {
  readonly tag: string;
  readonly range: Range;
}

/**
 * Reads a YAML file like PyYAML's `Loader` in MkDocs: YAML 1.1, merge keys, the last of duplicate
 * keys, `!ENV` with the given variables, and Python objects as their names. Reports issues and
 * keeps everything that is readable.
 *
 * Source: `mkdocs.utils.yaml`, `yaml_env_tag`.
 */
export function readYaml(text: string, file: string, environment: Environment): ReadYaml {
  return new YamlReader(text, file, environment).read();
}

class YamlReader {
  #text: string;
  #file: string;
  #environment: Environment;
  #lines: LineIndex;
  #issues: YamlIssue[] = [];
  #written = new Map<string, string>();
  #tags: YamlTag[] = [];
  #duplicateKeys: YamlIssue[] = [];
  #base = 0;
  #document: Document.Parsed<ParsedNode> | undefined;
  /** Anchors are converted once, however often aliases refer to them. */
  #read = new Map<Node, ConfigNode | 'reading'>();

  constructor(text: string, file: string, environment: Environment) {
    this.#text = text.replace(/^\uFEFF/, '');
    this.#file = file;
    this.#environment = environment;
    this.#lines = new LineIndex(this.#text);
  }

  read(): ReadYaml {
    const [first, second] = composeDocuments(this.#text).filter(
      ({ document }) => !document || document.contents !== null || document.errors.length,
    );
    if (!first) return this.#result(undefined);
    this.#base = first.base;
    const { document, excess } = first;
    if (!document) {
      const { message = '', pos = [0, 0] } = excess ?? {};
      this.#issues.push({ message, range: this.#rangeOf(pos) });
      return this.#result(undefined, { isIncomplete: true });
    }
    this.#document = document;
    // PyYAML accepts duplicate keys and uses the last.
    const isDuplicate = ({ code }: { readonly code: string }): boolean => code === 'DUPLICATE_KEY';
    const errors = document.errors.filter(error => !isDuplicate(error));
    for (const { message, pos } of errors) {
      this.#issues.push({ message, range: this.#rangeOf(pos) });
    }
    for (const { message, pos } of document.errors.filter(isDuplicate)) {
      this.#duplicateKeys.push({ message, range: this.#rangeOf(pos) });
    }
    if (second && !document.errors.length) {
      const range = this.#lines.rangeAt(second.start, second.start);
      this.#issues.push({ message: 'Only one YAML document is expected', range });
    }
    const node = document.contents === null ? undefined : this.#node(document.contents);
    return this.#result(node, { isIncomplete: errors.length > 0 });
  }

  #result(node: ConfigNode | undefined, { isIncomplete = false } = {}): ReadYaml {
    return {
      node,
      issues: this.#issues,
      isIncomplete,
      written: this.#written,
      tags: this.#tags,
      duplicateKeys: this.#duplicateKeys,
    };
  }

  #node(node: Node): ConfigNode {
    const known = this.#read.get(node);
    if (known === 'reading') return this.#nothing(node, 'An alias stands for what it is part of');
    if (known) return known;
    this.#read.set(node, 'reading');
    const tag = this.#tagOf(node);
    const isForeign = tag !== undefined && !isCoreTag(tag);
    if (isForeign) this.#tags.push({ tag, range: this.#placeOf(node).range });
    const made = isForeign ? { ...this.#make(node), tag } : this.#make(node);
    this.#read.set(node, made);
    return made;
  }

  #make(node: Node): ConfigNode {
    if (isAlias(node)) {
      const target = this.#document && node.resolve(this.#document);
      return target
        ? this.#node(target)
        : this.#nothing(node, `The alias "${node.source}" has no anchor`);
    }
    const tag = this.#tagOf(node);
    if (tag === '!ENV') return this.#fromEnvironment(node);
    if (tag !== undefined && !isTolerated(tag)) {
      const hint = tag === '!include' ? ': the monorepo plugin wants it in quotes' : '';
      this.#reportProblem(node, `could not determine a constructor for the tag '${tag}'${hint}`);
    }
    const place = this.#placeOf(node);
    if (isSeq(node)) {
      const items = node.items.map(item => this.#node(item as Node));
      return { type: 'list', place, items };
    }
    if (isMap(node)) return this.#map(node);
    if (isScalar(node)) return this.#scalar(node, tag);
    return this.#nothing(node);
  }

  #map(node: YAMLMap): ConfigMap {
    const own = new Map<string, ConfigEntry>();
    const merged = new Map<string, ConfigEntry>();
    for (const { key, value } of node.items) {
      if (key === null || key === undefined) continue;
      const keyNode = this.#node(key as Node);
      const valueNode = value ? this.#node(value as Node) : this.#nothing(key as Node);
      if (isMergeKey(key)) this.#merge(valueNode, merged);
      // Like Python: position of the first duplicate key, value of the last.
      else own.set(textOf(keyNode), { key: keyNode.place, value: valueNode });
    }
    const entries = new Map([...merged, ...own]);
    return { type: 'map', place: this.#placeOf(node), entries };
  }

  #merge(value: ConfigNode, into: Map<string, ConfigEntry>): void {
    const maps = value.type === 'list' ? [...value.items].reverse() : [value];
    for (const map of maps) {
      if (map.type !== 'map') {
        const { range } = value.place;
        this.#issues.push({ message: 'Only mappings can be merged', range });
      } else for (const [key, entry] of map.entries) into.set(key, entry);
    }
  }

  #scalar(node: Scalar, tag: string | undefined): ConfigScalar {
    return { type: 'scalar', place: this.#placeOf(node), ...this.#valueOf(node, tag) };
  }

  #valueOf(node: Scalar, tag: string | undefined): Pick<ConfigScalar, 'value' | 'text'> {
    const source = node.source ?? '';
    const asWritten = { value: source, text: source };
    if (tag?.startsWith('tag:yaml.org,2002:python/')) {
      // The text of `!!python/name:module.function` is the name.
      return { value: undefined, text: tag.slice(tag.indexOf(':python/') + 8) };
    }
    if (tag === '!relative') return asWritten;
    const isPlain = node.type === 'PLAIN' || node.type === undefined;
    const isTyped = tag !== undefined && tag !== '!' && tag !== 'tag:yaml.org,2002:str';
    const isRead = isTyped ? isScalarTag(tag) : isPlain && tag === undefined;
    return isRead ? pythonScalar(source) : asWritten;
  }

  /** `!ENV NAME` and `!ENV [NAME, OTHER, default]`. */
  #fromEnvironment(node: Node): ConfigNode {
    const place = this.#placeOf(node);
    const items = isSeq(node) ? (node.items as Node[]) : [node];
    const hasDefault = isSeq(node) && items.length > 1;
    const names = hasDefault ? items.slice(0, -1) : items;
    for (const name of names) {
      const variable = isScalar(name) ? String(name.source ?? '') : '';
      const value = this.#environment.get(variable);
      if (value === undefined) continue;
      this.#written.set(value, `!ENV ${variable}`);
      return { type: 'scalar', place, ...pythonScalar(value) };
    }
    const last = hasDefault ? items.at(-1) : undefined;
    return last ? { ...this.#node(last), place } : this.#nothing(node);
  }

  #nothing(node: Node, message?: string): ConfigScalar {
    if (message !== undefined) this.#reportProblem(node, message);
    return { type: 'scalar', place: this.#placeOf(node), value: null, text: 'None' };
  }

  #reportProblem(node: Node, message: string): void {
    this.#issues.push({ message, range: this.#placeOf(node).range });
  }

  #tagOf(node: Node): string | undefined {
    return 'tag' in node && typeof node.tag === 'string' ? node.tag : undefined;
  }

  #placeOf(node: Node): ConfigNode['place'] {
    const range = node.range ? this.#rangeOf([node.range[0], node.range[1]]) : EMPTY_RANGE;
    return { file: this.#file, range };
  }

  #rangeOf([start, end]: readonly [number, number]): Range {
    return this.#lines.rangeAt(this.#base + start, this.#base + end);
  }
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

function isScalarTag(tag: string): boolean {
  return /^tag:yaml\.org,2002:(?:int|float|bool|null|timestamp)$/.test(tag);
}

/** Whether a tag is part of YAML itself. */
function isCoreTag(tag: string): boolean {
  return tag === '!' || /^tag:yaml\.org,2002:[a-z]+$/.test(tag);
}

/** Tags that MkDocs has a constructor for. */
function isTolerated(tag: string): boolean {
  return tag === '!relative' || tag === '!' || tag.startsWith('tag:yaml.org,2002:');
}

function textOf(node: ConfigNode): string {
  return node.type === 'scalar' ? node.text : '';
}
