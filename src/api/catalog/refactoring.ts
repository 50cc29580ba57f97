import type { FileEdit } from './edits';

/** A change of an entity that everything which refers to it follows. */
export type Refactoring =
  | {
      readonly type: 'rename';
      /** Full ref of an entity that is written in the workspace. */
      readonly entityRef: string;
      readonly newName: string;
      /** URI that its file is to be moved to; by default the file stays where it is. */
      readonly moveFile?: string;
    }
  | {
      readonly type: 'moveToNamespace';
      readonly entityRef: string;
      readonly namespace: string;
    }
  | {
      readonly type: 'changeOwner';
      /** Full refs of the entities that get another owner. */
      readonly entityRefs: readonly string[];
      /** A Group by its name, or a ref with its kind: `team-a`, `user:mary`. */
      readonly owner: string;
    };

/** Changes that belong together, and are made or left together. */
export interface RefactoringPart {
  /** What changes, in a word or two: `References`. */
  readonly label: string;
  readonly description?: string;
  /** Whether only the user can tell if they are wanted, as they depend on what is not in the catalog. */
  readonly isOptional: boolean;
  readonly edits: readonly FileEdit[];
}

export interface RefactoringPlan {
  readonly parts: readonly RefactoringPart[];
  /** Sentences about what stays as it is and may have to be changed by hand. */
  readonly warnings: readonly string[];
}

/** Plans changes of entities over all files of the workspace, by the catalog and open editors. */
export interface RefactoringService {
  /**
   * What would change; nothing does. `EditsService` shows and applies it.
   *
   * @throws Error with a sentence for the user where it is refused, such as for a name that is taken,
   *   and in hosts without processes; an `AbortError` once the signal is aborted
   */
  plan(
    refactoring: Refactoring,
    options?: { readonly signal?: AbortSignal },
  ): Promise<RefactoringPlan>;
}
