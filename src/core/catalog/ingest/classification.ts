import { Lexer } from 'yaml';
import type { KindRegistry } from '../../../model';
import type { YamlDocument } from './yamlDocument';

/** The names that Backstage's own discovery looks for; whatever stands in such a file is meant. */
const DESCRIPTOR_NAME = /^catalog-info\.ya?ml$/i;

export function isDescriptorName(name: string): boolean {
  return DESCRIPTOR_NAME.test(name);
}

/** Tells descriptors from all other YAML by what stands in them. */
export class DescriptorClassifier {
  #customVersions: ReadonlySet<string>;

  constructor(kinds: KindRegistry) {
    this.#customVersions = new Set(
      kinds.knownKinds().flatMap(({ apiVersions }) => apiVersions.filter(v => !isBackstage(v))),
    );
  }

  /**
   * Whether the text can hold a descriptor at all. Much quicker than parsing, which most YAML files
   * of a workspace are therefore spared.
   */
  mayHoldDescriptors(text: string): boolean {
    if (text.includes('backstage.io/')) return true;
    for (const version of this.#customVersions) if (text.includes(version)) return true;
    return false;
  }

  /** Whether a document says of itself that it is a descriptor, be it a broken one. */
  isDescriptor(document: YamlDocument): boolean {
    const { value } = document;
    if (isRecord(value)) return this.#isDescriptorVersion(value['apiVersion']);
    if (!document.faults.length) return false;
    const written = /^apiVersion:[ \t]*["']?([^\s"'#]+)/m.exec(document.source)?.[1];
    return this.#isDescriptorVersion(written);
  }

  #isDescriptorVersion(version: unknown): boolean {
    return (
      typeof version === 'string' && (isBackstage(version) || this.#customVersions.has(version))
    );
  }
}

/** `backstage.io/v1alpha1`, `scaffolder.backstage.io/v1beta3`, `aws.backstage.io/v1alpha`. */
function isBackstage(apiVersion: string): boolean {
  return /^(?:[\w-]+\.)*backstage\.io\//.test(apiVersion);
}

/** Whether a document that is no descriptor clearly is something else, such as Kubernetes'. */
export function isOfAnotherKind(value: unknown): boolean {
  return (
    isRecord(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string'
  );
}

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
  for (const lexeme of new Lexer().lex(source)) {
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

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
