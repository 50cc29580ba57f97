import type { FileEdit } from './edits';

/** A change of an entity together with all references to it. */
export type Refactoring =
  | {
      readonly type: 'rename';
      /** Full ref of an entity that is written in the workspace. */
      readonly entityRef: string;
      readonly newName: string;
      /** New URI of its file; default: the file isn't moved. */
      readonly moveFile?: string;
    }
  | {
      readonly type: 'moveToNamespace';
      readonly entityRef: string;
      readonly namespace: string;
    }
  | {
      readonly type: 'changeOwner';
      /** Full refs of the entities whose owner changes. */
      readonly entityRefs: readonly string[];
      /** Name of a Group, or a ref with its kind: `team-a`, `user:mary`. */
      readonly owner: string;
    };

/** Changes that are applied or omitted together. */
export interface RefactoringPart {
  /** Title in a word or two: `References`. */
  readonly label: string;
  readonly description?: string;
  /** Whether the user must decide about the changes, because they depend on facts outside the catalog. */
  readonly isOptional: boolean;
  readonly edits: readonly FileEdit[];
}

/** Changes that a refactoring makes. */
export interface RefactoringPlan {
  readonly parts: readonly RefactoringPart[];
  /** Sentences about places that aren't changed and may need a manual change. */
  readonly warnings: readonly string[];
}

/** Plans changes of entities across all files of the workspace, based on the catalog and open editors. */
export interface RefactoringService {
  /**
   * Plans a refactoring without changing anything. `EditsService` shows and applies the plan.
   *
   * @throws Error with a sentence for the user if it is impossible, such as for a name in use, or
   * in hosts without processes; AbortError when the signal is aborted
   */
  plan(
    refactoring: Refactoring,
    options?: { readonly signal?: AbortSignal },
  ): Promise<RefactoringPlan>;
}
