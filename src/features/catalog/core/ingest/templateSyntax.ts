import { isRecord } from '../../../../base';
import { lexYaml } from '../../../../platform/core/yaml';
import type { FieldPath, YamlDocument } from './yaml/yamlDocument';

/**
 * Whether a text has template syntax: `{{ x }}`, `${{ x }}`, `{% x %}` or `{# x #}`, or remains of
 * it after YAML parsing.
 */
export function hasTemplateSyntax(text: string | undefined): boolean {
  return text !== undefined && /\{\{|\{%|\{#/.test(text);
}

/**
 * Whether template syntax makes the text invalid YAML: it occurs at the start of a line or value,
 * or breaks a quoted text. In comments and inside quoted and block scalars it is harmless.
 */
export function hasStructuralTemplateSyntax(source: string): boolean {
  if (!hasTemplateSyntax(source)) return false;
  let offset = 0;
  let isBlockScalar = false;
  let isScalar = false;
  for (const lexeme of lexYaml(source)) {
    if (lexeme === SCALAR) {
      isScalar = true;
      continue;
    }
    if (lexeme === DOCUMENT || lexeme === FLOW_END) continue;
    if (isScalar) {
      if (!isBlockScalar && /(?:^|\n[ \t]*)\$?\{[{%#]/.test(lexeme)) return true;
      isBlockScalar = false;
    } else if (/^["']/.test(lexeme)) {
      if (isTornApart(lexeme)) return true;
    } else if (lexeme === '{' && /[{%#]/.test(source.charAt(offset + 1))) {
      return true;
    } else if (/^[|>]/.test(lexeme)) {
      isBlockScalar = true;
    }
    isScalar = false;
    offset += lexeme.length;
  }
  return false;
}

/** Whether a quoted text ends inside template syntax. */
function isTornApart(lexeme: string): boolean {
  if (!/["']$/.test(lexeme)) return false;
  return (
    lexeme.lastIndexOf('{{') > lexeme.lastIndexOf('}') ||
    (lexeme.includes('{%') && lexeme.lastIndexOf('{%') + 1 === lexeme.lastIndexOf('%'))
  );
}

/** Control codes of `yaml`'s lexer, which represent no text; `SCALAR` precedes a scalar. */
const SCALAR = '\u001F';
const DOCUMENT = '\u0002';
const FLOW_END = '\u0018';

/** Fields in which template syntax makes a document part of a skeleton. */
const IDENTITY: readonly FieldPath[] = [
  ['apiVersion'],
  ['kind'],
  ['metadata', 'name'],
  ['metadata', 'namespace'],
];

export function hasTemplatedIdentity(document: YamlDocument): boolean {
  return IDENTITY.some(path => hasTemplateSyntax(document.sourceOf(path)));
}

/** Whether a value is a Template, in which template syntax is normal. */
export function isTemplateEntity(value: unknown): boolean {
  return isRecord(value) && value['kind'] === 'Template';
}
