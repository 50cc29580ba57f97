import type { JsonObject } from '../../../../model';
import type { TaskFile } from '..';

/**
 * The template, values and files that a project was created from. Enough to render it again and find changes.
 */
export interface TemplateRecord {
  readonly template: RecordedTemplate;
  /** Values without secrets. */
  readonly values: JsonObject;
  /** Pointers (`pointerOf`) of unset values with a default in the form. Updates don't fill them in. */
  readonly unset: readonly string[];
  /** Files that the Template created, by path. */
  readonly files: ReadonlyMap<string, RecordedFile>;
}

/** One version of a Template. */
export interface RecordedTemplate {
  /** `template:namespace/name`. */
  readonly ref: string;
  /**
   * URL of the repository, `callboard:NAME` of a template that ships with Callboard, or undefined if unknown.
   */
  readonly source: string | undefined;
  /** Path of the Template's file in the repository. */
  readonly path: string | undefined;
  /** Commit that contains all input of the run. Undefined if some of it was not committed. */
  readonly commit: string | undefined;
  /** Digest ({@link digestOf}) of the Template's spec and of the files it read. */
  readonly digest: string;
  /** The user who ran it, if the Template uses it. */
  readonly user: string | undefined;
  /** Id of the run, if the Template uses it. */
  readonly task: string | undefined;
}

/** A file as the Template created it. */
export interface RecordedFile {
  readonly digest: string;
  readonly isExecutable: boolean;
  /** The Template's commit, if the file is of an older version than the record. */
  readonly commit?: string | undefined;
}

/** Prefix of the source of Templates that ship with Callboard. */
export const SHIPPED = 'callboard:';

/** SHA-256 in the format of records. */
export async function digestOf(content: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(content));
  return `sha256:${Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Whether a text has the format of {@link digestOf}. */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

export async function recordedFile({ content, isExecutable }: TaskFile): Promise<RecordedFile> {
  return { digest: await digestOf(content), isExecutable };
}
