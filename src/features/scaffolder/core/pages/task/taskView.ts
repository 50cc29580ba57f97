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

/** Runs of templates, with editor actions. */
export interface TaskDesk extends TemplateTasksService {
  /**
   * Compares a file of a run with the previous file.
   * @throws Error if its content is no longer in memory
   */
  showFile(id: string, path: string): Promise<void>;
  /** Reveals the run's folder in the window, or opens it. */
  openFolder(id: string): Promise<void>;
  /** Shows the log of all runs. */
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

/** A run on its page. */
export interface TaskView extends Omit<TemplateTask, 'values' | 'output' | 'folder'> {
  /** Display path of the folder. */
  readonly place: string | undefined;
  /** Number of all files. `files` is limited. */
  readonly fileCount: number;
  /**
   * Number of the run's files in its folder, as in the messages before and after it: the template's files and
   * its record, without existing files that the user kept.
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
  /** Rendered Markdown. The webview must sanitize it. */
  readonly html: string;
}

export interface TaskRow extends Omit<TemplateTaskSummary, 'folder'> {
  readonly place: string | undefined;
}

/** Known runs, the latest first. */
export interface TaskListView {
  readonly tasks: readonly TaskRow[];
}

/** The form that is filled in with a run's values. */
export interface ReusedTask {
  readonly template: string;
  readonly isDryRun: boolean;
}

/** Maximum number of outputs, which Templates don't limit. */
const MOST = 50;
/** Maximum length of a text, because it is rendered at once. */
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
