import type * as z from 'zod/mini';
import type { CatalogService, SearchService } from '../../../api';
import type { JsonObject, OwnerMapping } from '../../../model';
import type { FileSystem } from '../../../platform/core/ports';

/** A workspace folder that agents may read. */
export interface AgentRoot {
  /** URI. */
  readonly uri: string;
  readonly name: string;
}

/** Services that tools use. */
export interface AgentServices {
  readonly catalog: CatalogService;
  readonly search: Pick<SearchService, 'collators' | 'find' | 'whenReady'>;
  readonly fileSystem: FileSystem;
  /** Returns the web address of a file (a URI) of a remote source; undefined for other files. */
  readonly addressOf?: (file: string) => string | undefined;
  /** The folders of the workspace, in order. */
  readonly roots: () => readonly AgentRoot[];
  /** Maps CODEOWNERS handles to entity refs. */
  readonly codeownersOwners: () => OwnerMapping;
  /**
   * Applies pending changes so that answers are current. Called before each answer.
   *
   * @throws AbortError; an Error that says why there is no catalog
   */
  readonly update: (signal: AbortSignal) => Promise<void>;
  /** Applies the current content of a file (a URI), if changes aren't detected automatically. @throws AbortError */
  readonly applyFile: (file: string, signal: AbortSignal) => Promise<void>;
  /** Resolves when all current problems are known, including those of skeletons. @throws AbortError */
  readonly whenInspected: (signal: AbortSignal) => Promise<void>;
}

/** Answer of a tool, as data and as text. */
export type AgentAnswer =
  | { readonly type: 'answer'; readonly value: JsonObject; readonly text: string }
  /** Invalid input or no result, with a way out. */
  | { readonly type: 'refusal'; readonly text: string };

/** A read-only tool for agents. */
export interface AgentTool {
  readonly name: string;
  /** Schema of an object. */
  readonly input: z.ZodMiniType;
  /** @throws AbortError */
  run(input: unknown, services: AgentServices, signal: AbortSignal): Promise<AgentAnswer>;
}

/** A question without an answer. The message for the agent says why, and what to do instead. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
}
