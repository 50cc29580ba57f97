import { isRecord } from '../../../../base';
import { lexYaml } from '../../../../platform/core/yaml';
import type { FieldPath, YamlDocument } from './yaml/yamlDocument';

/** `{{ x }}`, `${{ x }}`, `{% x %}` and `{# x #}`, or what is left of them after YAML read them. */
export function hasTemplateSyntax(text: string | undefined): boolean {
  return text !== undefined && /\{\{|\{%|\{#/.test(text);
}

/**
 * Whether template syntax keeps the text from being YAML: it stands where YAML's own syntax is read
 * (at the start of a line or of a value), or tears a quoted text apart. In comments and inside of
 * quoted and block scalars it does no harm, so that an error beside it is an error.
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

/** Whether a quoted text ends within template syntax that began in it. */
function isTornApart(lexeme: string): boolean {
  if (!/["']$/.test(lexeme)) return false;
  return (
    lexeme.lastIndexOf('{{') > lexeme.lastIndexOf('}') ||
    (lexeme.includes('{%') && lexeme.lastIndexOf('{%') + 1 === lexeme.lastIndexOf('%'))
  );
}

/** Control codes of `yaml`'s lexer, which stand for no text: the next lexeme is a scalar, … */
const SCALAR = '\u001F';
const DOCUMENT = '\u0002';
const FLOW_END = '\u0018';

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
