import { isRecord } from '../../../../base';
import type { KindRegistry } from '../../../../model/validation';
import { hasMisspelledVersion, resemblesVersion } from '../processing/unknownKind';
import type { YamlDocument } from './yaml/yamlDocument';

/** Text that occurs in every descriptor with a Backstage apiVersion. */
const BACKSTAGE_MARK = 'backstage';

/** Recognizes descriptors among YAML documents. */
export class DescriptorClassifier {
  /** Texts, one of which occurs in every descriptor. */
  readonly #marks: readonly string[];
  readonly #kinds: ReturnType<KindRegistry['knownKinds']>;
  readonly #versions: readonly string[];

  constructor(kinds: KindRegistry) {
    this.#kinds = kinds.knownKinds();
    this.#versions = this.#kinds.flatMap(known => known.apiVersions);
    this.#marks = [BACKSTAGE_MARK, ...this.#versions.filter(version => !isBackstage(version))];
  }

  /**
   * Whether the text may contain a descriptor. Much faster than parsing, which most YAML files of a
   * workspace thus avoid.
   */
  mayHoldDescriptors(text: string): boolean {
    return (
      this.#marks.some(mark => text.includes(mark)) ||
      versionsOf(text).some(version => resemblesVersion(version, this.#versions))
    );
  }

  /** Whether a document declares itself a descriptor, even if it is invalid. */
  isDescriptor(document: YamlDocument): boolean {
    const { value, faults, source } = document;
    if (isRecord(value)) {
      return (
        this.#isDescriptorVersion(value['apiVersion']) || hasMisspelledVersion(value, this.#kinds)
      );
    }
    return faults.length > 0 && this.#isDescriptorVersion(versionsOf(source)[0]);
  }

  #isDescriptorVersion(version: unknown): boolean {
    return (
      typeof version === 'string' && (isBackstage(version) || this.#versions.includes(version))
    );
  }
}

/** Returns the apiVersion of each YAML document of a text, also if it can't be parsed. */
function versionsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/^apiVersion:[ \t]*["']?([^\s"'#]+)/gm), match => match[1] ?? '');
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
