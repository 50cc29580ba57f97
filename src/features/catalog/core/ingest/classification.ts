import { isRecord } from '../../../../base';
import type { KindRegistry } from '../../../../model/validation';
import { hasMisspeltVersion } from '../processing/unknownKind';
import { BACKSTAGE_MARK, hasMark } from './descriptorMarks';
import type { YamlDocument } from './yaml/yamlDocument';

/** Tells descriptors from all other YAML by what stands in them. */
export class DescriptorClassifier {
  /** Texts of which each descriptor has one. */
  readonly #marks: readonly string[];
  #kinds: KindRegistry;
  #customVersions: ReadonlySet<string>;

  constructor(kinds: KindRegistry) {
    this.#kinds = kinds;
    this.#customVersions = new Set(
      kinds.knownKinds().flatMap(({ apiVersions }) => apiVersions.filter(v => !isBackstage(v))),
    );
    this.#marks = [BACKSTAGE_MARK, ...this.#customVersions];
  }

  /**
   * Whether the text can hold a descriptor at all. Much quicker than parsing, which most YAML files
   * of a workspace are therefore spared.
   */
  mayHoldDescriptors(text: string): boolean {
    return hasMark(text, this.#marks);
  }

  /** Whether a document says of itself that it is a descriptor, be it a broken one. */
  isDescriptor(document: YamlDocument): boolean {
    const { value } = document;
    if (isRecord(value)) {
      return (
        this.#isDescriptorVersion(value['apiVersion']) || hasMisspeltVersion(value, this.#kinds)
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
