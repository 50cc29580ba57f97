import type { JsonObject } from '../../../../../model';

/** A folder that a template's files can go into, or a folder below it. */
export interface LaunchParent {
  readonly uri: string;
  readonly label: string;
}

/** The folder that a template's files go into. */
export interface LaunchTarget {
  /** URI of a `LaunchParent`. */
  readonly parent: string;
  /** A path below the parent; empty for the parent itself. */
  readonly name: string;
}

/** A place that a template's files can be published to. */
export interface LaunchPlace {
  /** `files` publishes nothing. */
  readonly type: 'files' | 'folder' | 'branch' | 'remote' | 'forge';
  readonly label: string;
  readonly detail: string;
  /** What has to be entered for the place: a branch, an address. */
  readonly text?: {
    readonly label: string;
    readonly value: string;
    readonly placeholder: string;
  };
}

/** A Location that the new entity can be added to. */
export interface LaunchLocation {
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

/** What the options depend on. */
export interface LaunchOptionsInput {
  /** What is filled in. */
  readonly values: JsonObject;
  /** Undefined for the proposed target. */
  readonly target?: LaunchTarget | undefined;
}

export interface LaunchOptionsRequest extends LaunchOptionsInput {
  /** Full ref of the Template, lower-cased. */
  readonly template: string;
}

/** What can be chosen on the Review page before a template is launched. */
export interface LaunchOptions {
  /** Empty where no folder is open. */
  readonly parents: readonly LaunchParent[];
  /** Undefined where no folder is open. */
  readonly target: LaunchTarget | undefined;
  /** Whether the template describes the folder that it was started on, so that no other can be chosen. */
  readonly isTargetFixed: boolean;
  /** Why the target can't be used. */
  readonly targetError: string | undefined;
  /** Empty where the template publishes nothing. */
  readonly places: readonly LaunchPlace[];
  /** Nearest first; empty where the template registers nothing or there is no Location. */
  readonly locations: readonly LaunchLocation[];
  /** Paths of previewed files that exist in the target with other content. */
  readonly existing: readonly string[];
  /** Ids of the template's actions. */
  readonly actions: readonly string[];
}

/** How to treat files that exist already: ask when they are to be written, replace or keep them. */
export type ExistingFiles = 'ask' | 'replace' | 'keep';

/** What was chosen on the Review page. */
export interface LaunchChoice {
  readonly target?: LaunchTarget | undefined;
  /** Undefined where there are no places to choose from. */
  readonly place?: { readonly type: LaunchPlace['type']; readonly text: string } | undefined;
  /** Id of a `LaunchLocation`; undefined for none. */
  readonly location?: string | undefined;
  readonly existing: ExistingFiles;
  /** The existing files that the choice was made for. */
  readonly existingPaths: readonly string[];
}
