import type { Tone } from '../../../../api';
import { isRecord, ownValue } from '../../../../base';
import type { DataFile } from './dataFiles';
import { parseDataPath, valueAtSteps } from './dataPath';
import type { DeclaredTone, DeclaredValue, ValueInFile } from './declaration';
import type { DataPath } from './placedText';
import { renderTextTemplate } from './textTemplate';

/** Maximum length of a shown value. */
const MAX_LENGTH = 2000;

/** Resolves the values of one card, and collects the paths that the data file lacks. */
export class DeclaredValues {
  readonly missing: DataPath[] = [];
  readonly #entity: unknown;
  readonly #data: DataFile | undefined;
  readonly #isAllowed: (url: string) => boolean;

  constructor(deps: {
    /** The entity of the page; undefined on the home page. */
    readonly entity: unknown;
    readonly data: DataFile | undefined;
    readonly isAllowed: (url: string) => boolean;
  }) {
    this.#entity = deps.entity;
    this.#data = deps.data;
    this.#isAllowed = deps.isAllowed;
  }

  /** Returns a value of the data file; its default, or undefined, if the file has none. */
  inFile({ path, default: fallback }: ValueInFile): unknown {
    const steps = parseDataPath(path);
    if (!steps.ok) return undefined;
    const value = this.#data && valueAtSteps(this.#data.value, steps.value);
    if (value !== undefined) return value;
    if (this.#data && fallback === undefined) this.missing.push(steps.value);
    return fallback;
  }

  /** Returns a number or text to show; undefined if it is missing. */
  scalar(value: DeclaredValue | undefined): number | string | undefined {
    if (value === undefined) return undefined;
    const found =
      typeof value === 'object'
        ? this.inFile(value)
        : typeof value === 'string'
          ? renderTextTemplate(value, this.#entity)
          : value;
    return shown(found);
  }

  text(value: DeclaredValue | undefined): string | undefined {
    const found = this.scalar(value);
    return found === undefined ? undefined : String(found);
  }

  /** Returns a web address that may be opened; undefined for others. */
  url(template: string | undefined): string | undefined {
    if (template === undefined) return undefined;
    const url = renderTextTemplate(template, this.#entity, { isUrl: true });
    return url !== undefined && this.#isAllowed(url) ? url : undefined;
  }
}

/** Returns a scalar as it is shown; undefined for other values. */
export function shown(value: unknown): number | string | undefined {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'string':
      return value.length > MAX_LENGTH ? `${value.slice(0, MAX_LENGTH)}…` : value;
    case 'boolean':
      return String(value);
    default:
      return undefined;
  }
}

/** Returns the tone of a value. */
export function toneOf(rule: DeclaredTone, value: number | string | undefined): Tone | undefined {
  if (rule === undefined || value === undefined) return undefined;
  if (typeof rule === 'string') return rule;
  const { good, warning } = rule;
  if (!isRecord(rule) || typeof good !== 'number' || typeof warning !== 'number') {
    const tones = rule as Readonly<Record<string, Tone>>;
    return ownValue(tones, String(value));
  }
  const amount = typeof value === 'number' ? value : Number.parseFloat(value);
  if (Number.isNaN(amount)) return undefined;
  const isAtLeast = (limit: number): boolean =>
    good >= warning ? amount >= limit : amount <= limit;
  if (isAtLeast(good)) return 'good';
  return isAtLeast(warning) ? 'warning' : 'bad';
}
