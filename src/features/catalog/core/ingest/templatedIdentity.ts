import { isRecord } from '../../../../base';
import { hasTemplateSyntax } from './templateSyntax';
import type { FieldPath, YamlDocument } from './yaml/yamlDocument';

/** Where template syntax makes a document a skeleton's, whatever else stands in it. */
const IDENTITY: readonly FieldPath[] = [
  ['apiVersion'],
  ['kind'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
];

export function hasTemplatedIdentity(document: YamlDocument): boolean {
  return IDENTITY.some(path => hasTemplateSyntax(document.sourceOf(path)));
}

/** Templates are full of template syntax and are entities all the same. */
export function isTemplateEntity(value: unknown): boolean {
  return isRecord(value) && value['kind'] === 'Template';
}
