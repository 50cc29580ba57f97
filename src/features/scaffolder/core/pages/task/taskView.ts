import MarkdownIt from 'markdown-it';
import type {
  LinkTarget,
  TemplateTask,
  TemplateTasksService,
  TemplateTaskSummary,
} from '../../../../../api';
import { isRecord } from '../../../../../base';
import {
  type JsonObject,
  type JsonValue,
  readEntityRef,
  stringifyEntityRef,
} from '../../../../../model';
import { isSafeUrl } from '../../../../../model/presentation';

/** Runs of Templates, with what an editor can show of them. */
export interface TaskDesk extends TemplateTasksService {
  /** Shows a file that a run made beside what was there. @throws an Error where that is not known any more */
  showFile(id: string, path: string): Promise<void>;
  /** Shows the folder that a run wrote into, in the window if it belongs to it. */
  openFolder(id: string): Promise<void>;
  /** Shows what all runs have said. */
  showLog(): void;
}

export interface TaskRequest {
  readonly id: string;
}

export interface TaskFileRequest extends TaskRequest {
  readonly path: string;
}

export interface TaskActionRequest extends TaskRequest {
  readonly action: 'cancel' | 'retry' | 'openFolder' | 'showLog';
}

/** A run of a Template, as its page shows it. */
export interface TaskView extends Omit<TemplateTask, 'values' | 'output' | 'folder'> {
  /** The folder as people know it. */
  readonly place: string | undefined;
  /** Number of all files; `files` has the first of them. */
  readonly fileCount: number;
  /**
   * Number of files of the run that are in its folder, as in the question before it and the message after it: what the
   * template made and the record of the template, without files that the user didn't want to be replaced.
   */
  readonly writtenCount: number;
  readonly links: readonly TaskLink[];
  readonly texts: readonly TaskText[];
}

export interface TaskLink {
  readonly title: string;
  readonly target: LinkTarget;
}

export interface TaskText {
  readonly title: string | undefined;
  /** Made of Markdown; what comes from a Template is yet to be sanitised where it is shown. */
  readonly html: string;
}

export interface TaskRow extends Omit<TemplateTaskSummary, 'folder'> {
  readonly place: string | undefined;
}

/** All runs that are known; the latest first. */
export interface TaskListView {
  readonly tasks: readonly TaskRow[];
}

/** Where somebody fills in a form with what a run was made of. */
export interface ReusedTask {
  readonly template: string;
  readonly isDryRun: boolean;
}

/** A Template may give as many as it likes. */
const MOST = 50;
/** Longer texts are shown to their beginning: all of it is made into HTML at once. */
const MAX_TEXT = 20_000;

/** Source: `LinkOutputs` of `@backstage/plugin-scaffolder-react`. */
export function linksOf({ links }: JsonObject): readonly TaskLink[] {
  return recordsIn(links).flatMap(({ title, url, entityRef }): readonly TaskLink[] => {
    const name = typeof title === 'string' && title !== '' ? title : undefined;
    if (typeof entityRef === 'string' && entityRef !== '') {
      const ref = readEntityRef(entityRef);
      if (!ref.ok) return [];
      const full = stringifyEntityRef(ref.value);
      return [{ title: name ?? full, target: { type: 'entity', entityRef: full } }];
    }
    if (typeof url !== 'string' || !isSafeUrl(url)) return [];
    return [{ title: name ?? url, target: { type: 'url', url } }];
  });
}

/** Source: `TextOutputs` of `@backstage/plugin-scaffolder-react`, which shows Markdown. */
export function textsOf({ text }: JsonObject): readonly TaskText[] {
  return recordsIn(text).flatMap(({ title, content }) =>
    typeof content === 'string'
      ? [
          {
            title: typeof title === 'string' && title !== '' ? title : undefined,
            html: markdown.render(content.slice(0, MAX_TEXT)),
          },
        ]
      : [],
  );
}

const markdown = new MarkdownIt({ html: false, linkify: true });
markdown.linkify.set({ fuzzyLink: true });

function recordsIn(value: JsonValue | undefined): readonly JsonObject[] {
  return (Array.isArray(value) ? value : []).filter(item => isRecord(item)).slice(0, MOST);
}
