import { isRecord } from '../../base';
import { isOlder, LATEST_RELEASE, type Release } from '../release';
import { matchingPaths, valueAt, valuesIn } from './partPaths';
import {
  type Addition,
  additions,
  type PartChange,
  type PartPath,
  type UpgradeRule,
  upgradeRules,
} from './releaseRules';
import { migrateTemplate } from './templateMigration';

/** A part of a document that Backstage deprecated or removed. */
export interface OutdatedPart {
  readonly rule: UpgradeRule;
  readonly path: PartPath;
  readonly at: 'key' | 'value';
  /** Name of the part, for messages. */
  readonly name: string;
  /** Changes to apply in this order; empty if the part has to be changed by hand. */
  readonly changes: readonly PartChange[];
}

/** A part of a document that a release doesn't know yet. */
export interface EarlyPart {
  readonly addition: Addition;
  readonly path: PartPath;
  readonly at: 'key' | 'value';
  readonly name: string;
}

/** The releases whose rules apply to a document. */
export interface ReleaseRange {
  /** Rules up to this release are left out. */
  readonly from?: Release | undefined;
  /** Default: the latest release. */
  readonly to?: Release | undefined;
  /** Path of the app-config or `mkdocs.yml` with the document; undefined: it is an entity. */
  readonly config?: string | undefined;
}

/**
 * Returns the outdated parts of a document: of an entity, or of an app-config.
 *
 * @param document - value of its YAML document
 */
export function outdatedParts(
  document: unknown,
  { from, to = LATEST_RELEASE, config }: ReleaseRange = {},
): readonly OutdatedPart[] {
  if (!isRecord(document)) return [];
  return upgradeRules
    .filter(({ since }) => !isOlder(to, since) && (from === undefined || isOlder(from, since)))
    .flatMap(rule => partsFor(rule, document, config));
}

/** Returns the parts of an entity that a release doesn't know yet. */
export function earlyParts(document: unknown, release: Release): readonly EarlyPart[] {
  if (!isRecord(document)) return [];
  return additions
    .filter(({ since }) => isOlder(release, since))
    .flatMap(addition =>
      earlyPaths(addition, document).map(path => ({
        addition,
        path,
        at: addition.target.type === 'action' ? 'value' : 'key',
        name: addition.target.type === 'action' ? addition.target.action : nameOf(path),
      })),
    );
}

function earlyPaths({ target }: Addition, document: Document): readonly PartPath[] {
  switch (target.type) {
    case 'field':
      return document['kind'] === target.kind ? matchingPaths(document, target.path) : [];
    case 'input':
      return stepsWith(document, target.action).flatMap(step =>
        target.names.flatMap(name => matchingPaths(document, [...step, 'input', name])),
      );
    case 'action':
      return stepsWith(document, target.action).map(step => [...step, 'action']);
  }
}

type Document = Readonly<Record<string, unknown>>;

function partsFor(
  rule: UpgradeRule,
  document: Document,
  config: string | undefined,
): readonly OutdatedPart[] {
  const { target } = rule;
  switch (target.type) {
    case 'field':
      return document['kind'] === target.kind
        ? keysAt(rule, document, matchingPaths(document, target.path))
        : [];
    case 'config':
      return config !== undefined && target.file.test(config)
        ? keysAt(rule, document, matchingPaths(document, target.path))
        : [];
    case 'annotation': {
      const path = ['metadata', 'annotations', target.key];
      return isEntity(document) ? keysAt(rule, document, matchingPaths(document, path)) : [];
    }
    case 'apiVersion': {
      const { kind, apiVersion } = target;
      if (document['kind'] !== kind || document['apiVersion'] !== apiVersion) return [];
      const changes = changesOf(rule, document, ['apiVersion']);
      return [{ rule, path: ['apiVersion'], at: 'value', name: apiVersion, changes }];
    }
    case 'input':
      return stepsWith(document, target.action).flatMap(step =>
        target.names.flatMap(name =>
          keysAt(rule, document, matchingPaths(document, [...step, 'input', name])),
        ),
      );
    case 'action':
      return stepsWith(document, target.action).map(step => {
        const path = [...step, 'action'];
        const changes = changesOf(rule, document, path);
        return { rule, path, at: 'value', name: target.action, changes };
      });
    case 'option':
      return document['kind'] === 'Template'
        ? keysAt(rule, document, optionPaths(document, target.fields, target.name))
        : [];
  }
}

function isEntity(document: Document): boolean {
  return typeof document['apiVersion'] === 'string' && typeof document['kind'] === 'string';
}

function keysAt(
  rule: UpgradeRule,
  document: Document,
  paths: readonly PartPath[],
): readonly OutdatedPart[] {
  const { target } = rule;
  const suffix = target.type === 'input' ? ` of ${target.action}` : '';
  return paths.map(path => ({
    rule,
    path,
    at: 'key',
    name: nameOf(path) + suffix,
    changes: changesOf(rule, document, path),
  }));
}

/** Returns the last keys of a path, enough to recognize it. */
function nameOf(path: PartPath): string {
  return String(path.findLast(key => typeof key === 'string') ?? '');
}

function changesOf(
  { change }: UpgradeRule,
  document: Document,
  path: PartPath,
): readonly PartChange[] {
  const around = path.slice(0, -1);
  const value = valueAt(document, path);
  switch (change.type) {
    case 'byHand':
      return [];
    case 'remove':
      return [{ type: 'remove', path }];
    case 'rename':
      // Backstage reads the new one where both are written.
      return valueAt(document, [...around, change.to]) === undefined
        ? [{ type: 'rename', path, to: change.to }]
        : [{ type: 'remove', path }];
    case 'move': {
      const to = [...around, ...change.to];
      if (value === null || value === undefined) return [{ type: 'remove', path }];
      const moved = change.value ? change.value(value) : value;
      return valueAt(document, to) === undefined
        ? [
            { type: 'set', path: to, value: moved },
            { type: 'remove', path },
          ]
        : [{ type: 'remove', path }];
    }
    case 'replace': {
      const text = change.value(valueAt(document, around));
      return text === undefined ? [] : [{ type: 'set', path, value: text }];
    }
    case 'migrateTemplate':
      return migrateTemplate(document);
  }
}

/** Returns the paths of steps that run an action. */
function stepsWith(document: Document, action: string): readonly PartPath[] {
  if (document['kind'] !== 'Template') return [];
  const steps = valueAt(document, ['spec', 'steps']);
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, index) =>
    isRecord(step) && step['action'] === action ? [['spec', 'steps', index]] : [],
  );
}

/** Returns the paths of an option in `ui:options` of form fields, wherever a schema nests them. */
function optionPaths(
  document: Document,
  fields: readonly string[],
  option: string,
): readonly PartPath[] {
  const found: PartPath[] = [];
  for (const { value, path } of valuesIn(document, ['spec', 'parameters'])) {
    if (!isRecord(value) || !fields.some(field => field === value['ui:field'])) continue;
    const options = value['ui:options'];
    if (isRecord(options) && Object.hasOwn(options, option)) {
      found.push([...path, 'ui:options', option]);
    }
  }
  return found;
}
