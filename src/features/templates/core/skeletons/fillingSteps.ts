import { isRecord } from '../../../../base';
import { isBinary } from '../../../../platform/core/binary';
import { PicomatchGlob, StepMeter } from '../../../../platform/core/globs';
import { parseTemplate } from '../expressions/parseTemplate';
import type { ScanOptions } from '../expressions/scanTemplate';
import type { TemplateModel, TemplateStep } from '../templateModel';

/** How a step makes files of a skeleton. */
export interface Filling {
  readonly step: TemplateStep;
  readonly options: ScanOptions;
  /** What the files call what is passed. */
  readonly variable: 'values' | 'cookiecutter';
  /** `values`, as it is written. */
  readonly values: unknown;
}

const FILLING = ['fetch:template', 'fetch:template:file'];

/** Undefined for a step that fills in no files. */
export function fillingOf(step: TemplateStep): Filling | undefined {
  const input = step.input?.value;
  if (!FILLING.includes(step.action ?? '') || !isRecord(input)) return undefined;
  const cookiecutterCompat = input['cookiecutterCompat'] === true;
  return {
    step,
    options: { cookiecutterCompat },
    variable: cookiecutterCompat ? 'cookiecutter' : 'values',
    values: input['values'],
  };
}

/** The names of what is passed. */
export interface PassedNames {
  readonly names: readonly string[];
  /** Whether other values may be passed, which no place names. */
  readonly isOpen: boolean;
}

/** @param values - of a step, as it is written */
export function passedNames(values: unknown, { parameters }: TemplateModel): PassedNames {
  if (values === undefined) return { names: [], isOpen: false };
  if (isAllParameters(values)) {
    return { names: [...parameters.named.keys()], isOpen: parameters.isOpen };
  }
  if (!isRecord(values)) return { names: [], isOpen: true };
  const names = Object.keys(values);
  // Merged keys, and what a placeholder brings.
  return { names, isOpen: names.some(name => name === '<<' || name.startsWith('$')) };
}

/** `${{ parameters }}`: all that was filled in is passed on. */
export function isAllParameters(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [node, ...others] = parseTemplate(value).nodes;
  return (
    !others.length &&
    node?.type === 'output' &&
    node.expression.type === 'name' &&
    node.expression.name === 'parameters'
  );
}

/**
 * Whether a file is one that a step fills in, and does not copy as it is.
 *
 * @param path - relative to what is fetched; empty for a single file
 */
export function fillsIn({ action, input }: TemplateStep, path: string): boolean {
  if (path === '') return true;
  const passed = input?.value;
  if (!isRecord(passed) || action !== 'fetch:template') return false;
  const { templateFileExtension, copyWithoutTemplating } = passed;
  if (templateFileExtension === true) return path.endsWith('.njk');
  if (typeof templateFileExtension === 'string' && templateFileExtension !== '') {
    return path.endsWith(`.${templateFileExtension.replace(/^\./, '')}`);
  }
  // A list that is only known when the step runs may name any file.
  if (!Array.isArray(copyWithoutTemplating)) return typeof copyWithoutTemplating !== 'string';
  const { globs, meter } = copiedBy(copyWithoutTemplating);
  // A folder that is matched is copied with all that is in it.
  const segments = path.split('/');
  const paths = segments.map((_, index) => segments.slice(0, index + 1).join('/'));
  return !globs.some(glob => paths.some(part => meter.matches(glob, part)));
}

interface CopiedFiles {
  readonly globs: readonly PicomatchGlob[];
  readonly meter: StepMeter;
}

/** By the lists of patterns, each of which many paths are held against. */
const copied = new WeakMap<readonly unknown[], CopiedFiles>();
/** The maximum number of characters of all patterns of a list. */
const MAX_CHARACTERS = 100_000;
/** It may give any part of a pattern. */
const EXPRESSION = /\$\{\{.*?\}\}/gs;

function copiedBy(patterns: readonly unknown[]): CopiedFiles {
  let files = copied.get(patterns);
  if (!files) {
    let room = MAX_CHARACTERS;
    const globs = patterns.flatMap(pattern => {
      if (typeof pattern !== 'string' || (room -= pattern.length) < 0) return [];
      const glob = pattern.replace(EXPRESSION, '**').replace(/^\.\/|\/$/g, '');
      try {
        return [new PicomatchGlob(glob, { posix: true })];
      } catch {
        return [];
      }
    });
    copied.set(patterns, (files = { globs, meter: new StepMeter() }));
  }
  return files;
}

/** Whether a text holds anything to fill in; what is binary is copied. */
export function isToBeFilledIn(text: string): boolean {
  return /\{[{%#]/.test(text) && !isBinary(new TextEncoder().encode(text.slice(0, 1000)));
}

/** `the step fetch of service` */
export function stepLabel({ id }: TemplateStep, template: string | undefined): string {
  return `the step ${id}${template === undefined ? '' : ` of ${template}`}`;
}
