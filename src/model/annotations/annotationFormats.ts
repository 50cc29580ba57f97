import { errorMessage, withoutTrailing } from '../../base';
import { parseLocationRef } from '../location';
import { readEntityRef } from '../refs/entityRef';
import type { AnnotationFormat, WellKnownAnnotation } from './wellKnownAnnotations';

/** Returns the error of a value; undefined if it is valid. */
type Check = (value: string, annotation: WellKnownAnnotation) => string | undefined;

const checks: Readonly<Record<AnnotationFormat, Check>> = {
  text: () => undefined,
  choice: (value, { values = [] }) =>
    values.includes(value) ? undefined : `expected ${values.map(quoted).join(' or ')}`,
  boolean: value => expected(/^(?:true|false)$/, value, '"true" or "false"'),
  number: value => expected(/^\d+$/, value, 'a number'),
  list: value =>
    value.split(',').every(item => item.trim()) ? undefined : 'expected texts with commas between',
  duration: value =>
    expected(/^P(?=.)(?:[\d.]+[YMWD])*(?:T(?:[\d.]+[HMS])+)?$/, value, 'a duration such as "PT4H"'),
  url: value => (URL.canParse(value) ? undefined : 'expected a URL such as "https://host/path"'),
  ownerAndName: value => expected(/^[^\s:/][^:/]*\/[^\s:/][^:/]*$/, value, '"<owner>/<name>"'),
  projectPath: value => expected(/^[^\s:/][^:/]*(?:\/[^\s:/][^:/]*)+$/, value, '"<group>/<name>"'),
  entityRef: value => {
    const ref = readEntityRef(value);
    return ref.ok ? undefined : ref.error;
  },
  locationRef: value => locationFault(value, []),
  techdocsRef: value => locationFault(value, ['dir', 'url']) ?? relativeUrlFault(value),
  labelSelector: value =>
    isLabelSelector(value) ? undefined : 'expected a label selector such as "app=shop,tier!=web"',
};

/** Maximum length of checked values; longer ones are accepted unchecked. */
const MAX_LENGTH = 2000;

/** Returns why Backstage or the plugin wouldn't understand an annotation's value; undefined if it is valid. */
export function annotationFault(
  annotation: WellKnownAnnotation,
  value: string,
): string | undefined {
  const text = value.trim();
  return text.length > MAX_LENGTH ? undefined : checks[annotation.format](text, annotation);
}

/** Likely corrections of an invalid value by format; candidates may be invalid too. */
const repairs: Readonly<Partial<Record<AnnotationFormat, (value: string) => readonly string[]>>> = {
  boolean: value => [
    ...(/^(?:true|yes|on|1)$/i.test(value) ? ['true'] : []),
    ...(/^(?:false|no|off|0)$/i.test(value) ? ['false'] : []),
  ],
  url: value => (/^[\w-]+(?:\.[\w-]+)+(?:\/|$)/.test(value) ? [`https://${value}`] : []),
  ownerAndName: value => [repositoryPath(value)],
  projectPath: value => [repositoryPath(value)],
  locationRef: value => (/^https?:\/\//.test(value) ? [`url:${value}`] : []),
  techdocsRef: value => {
    if (/^https?:\/\//.test(value)) return [`url:${value}`];
    return value.includes(':') ? [] : [`dir:${value}`];
  },
};

/** Suggests valid values to replace an invalid one: the allowed values, or corrections of the value. */
export function annotationRepairs(
  annotation: WellKnownAnnotation,
  value: string,
): readonly string[] {
  const { format, values } = annotation;
  const text = value.trim();
  if (text.length > MAX_LENGTH) return [];
  const found = values ?? repairs[format]?.(text) ?? [];
  return found.filter(repaired => annotationFault(annotation, repaired) === undefined);
}

/**
 * Extracts the path of a repository, or of a GitHub team, from its URL, without host, `.git` and
 * the path of a file.
 */
function repositoryPath(address: string): string {
  const path = address
    .replace(/^(?:\w+:\/\/[^/]*\/|[\w.-]+@[\w.-]+:)/, '')
    .replace(/(?:\/-)?\/(?:tree|blob)\/.*$/, '')
    .replace(/^orgs\/([^/]+)\/teams\/([^/]+)$/, '$1/$2')
    .replace(/[?#][^]*$/, '');
  return withoutTrailing(path, '/').replace(/\.git$/, '');
}

function expected(pattern: RegExp, value: string, what: string): string | undefined {
  return pattern.test(value) ? undefined : `expected ${what}`;
}

function quoted(text: string): string {
  return `"${text}"`;
}

/**
 * Returns the error of a location ref.
 * Source: `parseLocationRef`, messages included, and for TechDocs `getLocationForEntity`
 * (`plugins/techdocs-node`).
 */
function locationFault(value: string, types: readonly string[]): string | undefined {
  try {
    const { type } = parseLocationRef(value);
    return types.length && !types.includes(type)
      ? `Invalid reference annotation ${type}`
      : undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

/** Returns the error of a relative `url:` ref: TechDocs resolves only `dir:` against the descriptor. */
function relativeUrlFault(value: string): string | undefined {
  const [, url = ''] = /^url:(.*)$/s.exec(value) ?? [];
  return !url || URL.canParse(url)
    ? undefined
    : `Invalid URL ${url}; a folder beside the descriptor is written dir:./folder`;
}

const LABEL = String.raw`(?:[\w.-]+\/)?[A-Za-z0-9][\w.-]*`;
const VALUE = String.raw`[\w.-]*`;
const REQUIREMENT = new RegExp(
  String.raw`^(?:!?\s*${LABEL}|${LABEL}\s*(?:==?|!=)\s*${VALUE}|${LABEL}\s+(?:not)?in\s*\([^()]+\))$`,
);

/** Whether a value is a list of requirements, separated by commas outside parentheses. */
function isLabelSelector(value: string): boolean {
  return partsOf(value).every(requirement => REQUIREMENT.test(requirement.trim()));
}

/** Splits at commas outside parentheses, scanning backwards. */
function partsOf(value: string): readonly string[] {
  const parts: string[] = [];
  let end = value.length;
  let isInside = false;
  for (let at = value.length - 1; at >= 0; at--) {
    const character = value.charAt(at);
    if (character === ')') isInside = true;
    else if (character === '(') isInside = false;
    else if (character === ',' && !isInside) {
      parts.push(value.slice(at + 1, end));
      end = at;
    }
  }
  return [...parts, value.slice(0, end)];
}
