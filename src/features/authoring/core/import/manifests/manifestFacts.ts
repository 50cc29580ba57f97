import { isRecord } from '../../../../../base';
export type ComponentType = 'service' | 'website' | 'library' | 'documentation';

/** What a manifest says of its component. Texts as written, nothing of it trusted. */
export interface ManifestFacts {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly version?: string | undefined;
  readonly homepage?: string | undefined;
  /** The language first, then frameworks. */
  readonly tags: readonly string[];
  /** Undefined where the manifest alone does not tell. */
  readonly type?: ComponentType | undefined;
}

/** Reads a manifest's text. May throw on what it cannot parse: then the file says nothing. */
export type ReadManifest = (text: string, fileName: string) => ManifestFacts;

/** A dependency that tells what its user is. */
export interface Framework {
  readonly dependency: RegExp;
  readonly tag: string;
  readonly type?: ComponentType;
}

/** Tags and type by the first framework that is used and has one. */
export function frameworkFacts(
  dependencies: readonly string[],
  frameworks: readonly Framework[],
): { tags: readonly string[]; type: ComponentType | undefined } {
  const used = frameworks.filter(({ dependency }) =>
    dependencies.some(name => dependency.test(name)),
  );
  return {
    tags: [...new Set(used.map(({ tag }) => tag))],
    type: used.find(({ type }) => type !== undefined)?.type,
  };
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
