import { isRecord } from '../../../../base';
import type { KindRegistry } from '../../../../model/validation';
import { hasMisspelledVersion, resemblesVersion } from '../processing/unknownKind';
import { BACKSTAGE_MARK, hasMark } from './descriptorMarks';
import type { YamlDocument } from './yaml/yamlDocument';

/** The apiVersion of each YAML document of a text. */
const VERSIONS = /^apiVersion:[ \t]*["']?([^\s"'#]+)/gm;

/** Recognizes descriptors among YAML documents. */
export class DescriptorClassifier {
  /** Texts, one of which occurs in every descriptor. */
  readonly #marks: readonly string[];
  #kinds: KindRegistry;
  #versions: ReadonlySet<string>;
  #customVersions: ReadonlySet<string>;

  constructor(kinds: KindRegistry) {
    this.#kinds = kinds;
    this.#versions = new Set(kinds.knownKinds().flatMap(({ apiVersions }) => apiVersions));
    this.#customVersions = new Set([...this.#versions].filter(version => !isBackstage(version)));
    this.#marks = [BACKSTAGE_MARK, ...this.#customVersions];
  }

  /**
   * Whether the text may contain a descriptor. Much faster than parsing, which most YAML files of a
   * workspace thus avoid.
   */
  mayHoldDescriptors(text: string): boolean {
    return hasMark(text, this.#marks) || this.#hasMisspelledVersion(text);
  }

  /** Whether a document of a text has an apiVersion that is similar to a known one. */
  #hasMisspelledVersion(text: string): boolean {
    if (!text.includes('apiVersion:')) return false;
    for (const [, version = ''] of text.matchAll(VERSIONS)) {
      if (resemblesVersion(version, this.#versions)) return true;
    }
    return false;
  }

  /** Whether a document declares itself a descriptor, even if it is invalid. */
  isDescriptor(document: YamlDocument): boolean {
    const { value } = document;
    if (isRecord(value)) {
      return (
        this.#isDescriptorVersion(value['apiVersion']) || hasMisspelledVersion(value, this.#kinds)
      );
    }
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

/**
 * Whether an apiVersion is of Backstage: `backstage.io/v1alpha1`,
 * `scaffolder.backstage.io/v1beta3`, `aws.backstage.io/v1alpha`.
 */
function isBackstage(apiVersion: string): boolean {
  return /^(?:[\w-]+\.)*backstage\.io\//.test(apiVersion);
}

/** Whether a document that isn't a descriptor is clearly something else, such as a Kubernetes resource. */
export function isOfAnotherKind(value: unknown): boolean {
  return (
    isRecord(value) && typeof value['apiVersion'] === 'string' && typeof value['kind'] === 'string'
  );
}
