import { isRecord } from '../../../../base';
import { isBinary } from '../../../../platform/core/binary';
import { PicomatchGlob, StepMeter } from '../../../../platform/core/globs';
import { parseTemplate } from '../expressions/parseTemplate';
import type { ScanOptions } from '../expressions/scanTemplate';
import type { TemplateModel, TemplateStep } from '../templateModel';

/** Rendering of a skeleton's files by a step. */
export interface SkeletonRendering {
  readonly step: TemplateStep;
  readonly options: ScanOptions;
  /** Name of the variable with the passed values. */
  readonly variable: 'values' | 'cookiecutter';
  /** `values` as written. */
  readonly values: unknown;
}

const RENDERING_ACTIONS = ['fetch:template', 'fetch:template:file'];

/** Undefined for a step that renders no files. */
export function skeletonRenderingOf(step: TemplateStep): SkeletonRendering | undefined {
  const input = step.input?.value;
  if (!RENDERING_ACTIONS.includes(step.action ?? '') || !isRecord(input)) return undefined;
  const cookiecutterCompat = input['cookiecutterCompat'] === true;
  return {
    step,
    options: { cookiecutterCompat },
    variable: cookiecutterCompat ? 'cookiecutter' : 'values',
    values: input['values'],
  };
}

/** Names of passed values. */
export interface PassedNames {
  readonly names: readonly string[];
  /** Whether other values may be passed. */
  readonly isOpen: boolean;
}

/** @param values - of a step, as written */
export function passedNames(values: unknown, { parameters }: TemplateModel): PassedNames {
  if (values === undefined) return { names: [], isOpen: false };
  if (isAllParameters(values)) {
    return { names: [...parameters.named.keys()], isOpen: parameters.isOpen };
  }
  if (!isRecord(values)) return { names: [], isOpen: true };
  const names = Object.keys(values);
  // Merged keys and placeholders add unknown names.
  return { names, isOpen: names.some(name => name === '<<' || name.startsWith('$')) };
}

/** Whether a value is `${{ parameters }}`, which passes all parameters. */
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
 * Whether a step renders a file instead of copying it.
 * @param path - relative to the fetched folder, or empty for a single file
 */
export function rendersFile({ action, input }: TemplateStep, path: string): boolean {
  if (path === '') return true;
  const passed = input?.value;
  if (!isRecord(passed) || action !== 'fetch:template') return false;
  const { templateFileExtension, copyWithoutTemplating } = passed;
  if (templateFileExtension === true) return path.endsWith('.njk');
  if (typeof templateFileExtension === 'string' && templateFileExtension !== '') {
    return path.endsWith(`.${templateFileExtension.replace(/^\./, '')}`);
  }
  // A dynamic list may match any file.
  if (!Array.isArray(copyWithoutTemplating)) return typeof copyWithoutTemplating !== 'string';
  const { globs, meter } = compilePatterns(copyWithoutTemplating);
  // A matched folder is copied with its content.
  const segments = path.split('/');
  const paths = segments.map((_, index) => segments.slice(0, index + 1).join('/'));
  return !globs.some(glob => paths.some(part => meter.matches(glob, part)));
}

interface CopiedFiles {
  readonly globs: readonly PicomatchGlob[];
  readonly meter: StepMeter;
}

/** Compiled patterns by list, because many paths are matched against each list. */
const copied = new WeakMap<readonly unknown[], CopiedFiles>();
/** Maximum length of all patterns of a list. */
const MAX_CHARACTERS = 100_000;
/** An expression, which may render any part of a pattern. */
const EXPRESSION = /\$\{\{.*?\}\}/gs;

function compilePatterns(patterns: readonly unknown[]): CopiedFiles {
  let files = copied.get(patterns);
  if (!files) {
    let room = MAX_CHARACTERS;
    const globs = patterns.flatMap(pattern => {
      if (typeof pattern !== 'string' || (room -= pattern.length) < 0) return [];
      const glob = pattern.replace(EXPRESSION, '**').replace(/^\.\/|\/$/g, '');
      try {
        return [new PicomatchGlob(glob, { posix: true })];
      } catch {
        // Too large a pattern matches nothing; running the template reports it.
        return [];
      }
    });
    copied.set(patterns, (files = { globs, meter: new StepMeter() }));
  }
  return files;
}

/** Whether a text has template syntax and is not binary. */
export function hasTemplateSyntax(text: string): boolean {
  return /\{[{%#]/.test(text) && !isBinary(new TextEncoder().encode(text.slice(0, 1000)));
}

/** Describes a step in messages: `the step fetch of service`. */
export function stepLabel({ id }: TemplateStep, template: string | undefined): string {
  return `the step ${id}${template === undefined ? '' : ` of ${template}`}`;
}
