import type { JsonObject } from '../../../../model';
import type { TaskFile } from '..';

/** What a project was made from: enough to make it again, and to tell what was changed since. */
export interface TemplateRecord {
  readonly template: RecordedTemplate;
  /** As they were given, without secrets. */
  readonly values: JsonObject;
  /** Pointers (`pointerOf`) of what was not given though its form has a default: it is not filled in later either. */
  readonly unset: readonly string[];
  /** What the Template made, by path. */
  readonly files: ReadonlyMap<string, RecordedFile>;
}

/** A Template in one of its versions. */
export interface RecordedTemplate {
  /** `template:namespace/name`. */
  readonly ref: string;
  /** Address of its repository, or `callboard:NAME` of one that comes with Callboard; undefined: not known. */
  readonly source: string | undefined;
  /** Of its file in the repository. */
  readonly path: string | undefined;
  /** Where that commit holds all that was taken from it; undefined: it was not committed so. */
  readonly commit: string | undefined;
  /** Of what the Template says and of the files that it took, as {@link digestOf} has it. */
  readonly digest: string;
  /** Who ran it, where the Template asks for it. */
  readonly user: string | undefined;
  /** Id of the run, where the Template asks for it. */
  readonly task: string | undefined;
}

/** A file as the Template made it, whatever became of it since. */
export interface RecordedFile {
  readonly digest: string;
  readonly isExecutable: boolean;
  /** Of the Template, where the file is still that of an earlier version than the record's. */
  readonly commit?: string | undefined;
}

/** Begins the source of a Template that comes with Callboard. */
export const SHIPPED = 'callboard:';

/** SHA-256, as records write it: two files with the same one are the same file. */
export async function digestOf(content: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(content));
  return `sha256:${Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Whether something is written as {@link digestOf} writes it. */
export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}

export async function recordedFile({ content, isExecutable }: TaskFile): Promise<RecordedFile> {
  return { digest: await digestOf(content), isExecutable };
}
