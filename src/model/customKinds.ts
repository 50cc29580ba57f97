import { isRecord } from '../base';
import { isValidApiVersion, isValidKind } from './fields/fieldFormat';

/** A relation field of a custom kind; see `RelationRule`. */
export interface CustomRelation {
  /** Path of the field, such as `spec.owner`. */
  readonly field: string;
  readonly type: string;
  readonly inverse: string;
  readonly defaultKind?: string;
}

/** A kind declared in settings, like one that an organization's own processor adds to Backstage. */
export interface CustomKind {
  readonly kind: string;
  readonly apiVersions: readonly string[];
  /** Path of a JSON schema in the workspace for its entities. */
  readonly schema?: string;
  readonly relations?: readonly CustomRelation[];
}

/** Valid parts of a setting, and a message for each invalid part. */
export interface CustomKindsReading {
  readonly kinds: readonly CustomKind[];
  readonly problems: readonly string[];
}

/**
 * Reads custom kinds from an unvalidated setting. Entries without a valid kind and apiVersion, and
 * invalid relations, are omitted; each gives a problem that starts with its place, such as
 * `[0].relations[1].field must be …`. Undefined is an empty list.
 */
export function readCustomKinds(value: unknown): CustomKindsReading {
  const problems: string[] = [];
  if (value === undefined) return { kinds: [], problems };
  if (!Array.isArray(value)) {
    return { kinds: [], problems: [`must be an array, got ${typeName(value)}`] };
  }
  const kinds = value.flatMap((entry: unknown, index) => {
    const kind = readCustomKind(entry, `[${index}]`, problems);
    return kind ? [kind] : [];
  });
  return { kinds, problems };
}

function readCustomKind(entry: unknown, at: string, problems: string[]): CustomKind | undefined {
  if (!isRecord(entry)) {
    problems.push(`${at} must be an object, got ${typeName(entry)}`);
    return undefined;
  }
  const { kind, apiVersions, schema, relations } = entry;
  if (!isValidKind(kind)) {
    problems.push(
      `${at}.kind must be a letter followed by letters and digits, at most 63 in total`,
    );
  }
  const versions = Array.isArray(apiVersions) ? apiVersions.filter(isValidApiVersion) : [];
  if (!Array.isArray(apiVersions) || !apiVersions.length || versions.length < apiVersions.length) {
    problems.push(`${at}.apiVersions must list apiVersions such as "example.com/v1"`);
  }
  const hasSchema = typeof schema === 'string' && schema !== '';
  if (!hasSchema && schema !== undefined) {
    problems.push(`${at}.schema must be the path of a JSON schema such as "schemas/dataset.json"`);
  }
  if (!isValidKind(kind) || !versions.length) return undefined;
  const known: CustomKind = { kind, apiVersions: versions, ...(hasSchema && { schema }) };
  if (relations === undefined) return known;
  if (!Array.isArray(relations)) {
    problems.push(`${at}.relations must be an array, got ${typeName(relations)}`);
    return known;
  }
  const rules = relations.flatMap((relation: unknown, index) => {
    const rule = readRelation(relation, `${at}.relations[${index}]`, problems);
    return rule ? [rule] : [];
  });
  return { ...known, relations: rules };
}

function readRelation(value: unknown, at: string, problems: string[]): CustomRelation | undefined {
  if (!isRecord(value)) {
    problems.push(`${at} must be an object, got ${typeName(value)}`);
    return undefined;
  }
  const { field, type, inverse, defaultKind } = value;
  const checks: [boolean, string][] = [
    [isFieldPath(field), `${at}.field must be a path such as "spec.owner"`],
    [isRelationType(type), `${at}.type must be a word such as "ownedBy"`],
    [isRelationType(inverse), `${at}.inverse must be a word such as "ownerOf"`],
    [defaultKind === undefined || isValidKind(defaultKind), `${at}.defaultKind must be a kind`],
  ];
  const wrong = checks.filter(([valid]) => !valid).map(([, problem]) => problem);
  problems.push(...wrong);
  if (!isFieldPath(field) || !isRelationType(type) || !isRelationType(inverse) || wrong.length) {
    return undefined;
  }
  return isValidKind(defaultKind)
    ? { field, type, inverse, defaultKind }
    : { field, type, inverse };
}

function isFieldPath(value: unknown): value is string {
  return typeof value === 'string' && /^spec(\.[^.\s]+)+$/.test(value);
}

/** Whether a value is a relation type. Same limit as in Backstage's schema of relations. */
function isRelationType(value: unknown): value is string {
  return typeof value === 'string' && /^\w+$/.test(value);
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
