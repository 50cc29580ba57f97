import type { Entity } from '../entity';
import {
  isNonEmptyString,
  isValidApiVersion,
  isValidKind,
  isValidLabelValue,
  isValidMetadataKey,
  isValidNamespace,
  isValidObjectName,
  isValidTag,
  isValidUrl,
} from '../fields/fieldFormat';
import { repairedName, repairedNamespace, repairedTag, repairedUrl } from '../fields/formatRepairs';
import { Entity as isEntity } from '../generated/validators';
import { MAX_ISSUES, schemaIssues, wordBriefly, type SchemaIssue } from './schemaIssues';

/**
 * Returns the issues of the policies that apply to every entity, in the server's order; a policy
 * runs only if the previous ones pass. DefaultNamespaceEntityPolicy never fails, and all others
 * treat a missing namespace as its default.
 * Source: `packages/catalog-model/src/entity/policies`, CatalogBuilder of
 * `plugins/catalog-backend`.
 */
export function policyIssues(value: unknown): readonly SchemaIssue[] {
  const malformed = schemaIssues(
    isEntity,
    value,
    error => `Malformed envelope, ${wordBriefly(error)}`,
  );
  if (malformed.length) return malformed;
  // Checked by the schema.
  const entity = value as CheckedEntity;
  const foreign = foreignRootFields(entity);
  return foreign.length ? foreign : fieldFormatIssues(entity);
}

/** Fields of an entity that the schema `Entity` has accepted. */
type CheckedEntity = Entity & {
  metadata: {
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    tags?: string[];
    links?: { url: string; title?: string; icon?: string }[];
  };
};

/** The schema allows two more root fields, which only the catalog writes. */
const knownRootFields = new Set(['apiVersion', 'kind', 'metadata', 'spec']);

function foreignRootFields(entity: CheckedEntity): readonly SchemaIssue[] {
  const foreign = Object.keys(entity).filter(field => !knownRootFields.has(field));
  return foreign
    .slice(0, MAX_ISSUES)
    .map(field => ({ message: `Unknown field ${field}`, path: [field], at: 'key' }));
}

const objectName =
  'a string that is sequences of [a-zA-Z0-9] separated by any of [-_.], at most 63 characters in total';
const dnsLabel =
  'a string that is sequences of [a-z0-9] separated by [-], at most 63 characters in total';
const prefixAndSuffix = 'a valid prefix and/or suffix';
const tag =
  'a string that is sequences of [a-z0-9+#] separated by [-], at most 63 characters in total';
const kindName =
  'a string that is a sequence of [a-zA-Z][a-z0-9A-Z], at most 63 characters in total';
const url = 'a string that is a valid url';
const text = 'a non empty string';

/** Page that Backstage adds to each message; it describes the formats. */
const FORMAT_PAGE =
  'https://github.com/backstage/backstage/blob/master/docs/architecture-decisions/adr002-default-catalog-file-format.md';

/**
 * Checks field formats like FieldFormatEntityPolicy, which stops at the first issue; the others
 * follow in the order of its checks.
 */
function fieldFormatIssues({ apiVersion, kind, metadata }: CheckedEntity): readonly SchemaIssue[] {
  const { name, namespace, labels = {}, annotations = {}, tags = [], links = [] } = metadata;
  const issues: SchemaIssue[] = [];
  if (!isValidApiVersion(apiVersion)) {
    issues.push(malformed('apiVersion', apiVersion, prefixAndSuffix, ['apiVersion']));
  }
  if (!isValidKind(kind)) issues.push(malformed('kind', kind, kindName, ['kind']));
  if (!isValidObjectName(name)) {
    const issue = malformed('metadata.name', name, objectName, ['metadata', 'name']);
    issues.push({ ...issue, suggestions: repairedName(name) });
  }
  if (namespace !== undefined && !isValidNamespace(namespace)) {
    const path = ['metadata', 'namespace'];
    const issue = malformed('metadata.namespace', namespace, dnsLabel, path);
    issues.push({ ...issue, suggestions: repairedNamespace(namespace) });
  }
  for (const [key, value] of Object.entries(labels)) {
    const path = ['metadata', 'labels', key];
    if (!isValidMetadataKey(key)) {
      issues.push({ ...malformed(`labels.${key}`, key, prefixAndSuffix, path), at: 'key' });
    }
    if (!isValidLabelValue(value)) {
      const issue = malformed(`labels.${key}`, value, objectName, path);
      issues.push({ ...issue, suggestions: repairedName(value) });
    }
  }
  for (const [key, value] of Object.entries(annotations)) {
    const path = ['metadata', 'annotations', key];
    if (!isValidMetadataKey(key)) {
      issues.push({ ...malformed(`annotations.${key}`, key, prefixAndSuffix, path), at: 'key' });
    }
    // The schema accepts keys with a line break whatever their value.
    if (typeof value !== 'string') {
      issues.push(malformed(`annotations.${key}`, value, 'a string', path));
    }
  }
  tags.forEach((value, index) => {
    if (!isValidTag(value)) {
      const issue = malformed(`tags.${index}`, value, tag, ['metadata', 'tags', index]);
      issues.push({ ...issue, suggestions: repairedTag(value) });
    }
  });
  links.forEach((link, index) => {
    const path = (field: string) => ['metadata', 'links', index, field];
    if (!isValidUrl(link.url)) {
      const issue = malformed(`links.${index}.url`, link.url, url, path('url'));
      issues.push({ ...issue, suggestions: repairedUrl(link.url) });
    }
    for (const field of ['title', 'icon'] as const) {
      const value = link[field];
      if (value !== undefined && !isNonEmptyString(value)) {
        issues.push(malformed(`links.${index}.${field}`, value, text, path(field)));
      }
    }
  });
  return issues.slice(0, MAX_ISSUES);
}

function malformed(
  field: string,
  value: unknown,
  expectation: string,
  path: readonly (string | number)[],
): SchemaIssue {
  return {
    message: `"${field}" is not valid; expected ${expectation} but found "${String(value)}". To learn more about catalog file format, visit: ${FORMAT_PAGE}`,
    path,
    at: 'value',
  };
}
