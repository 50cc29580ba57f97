import type * as z from 'zod/mini';
import type { CatalogService, SearchService } from '../../../api';
import type { JsonObject, OwnerMapping } from '../../../model';
import type { FileSystem } from '../../../platform/core/ports';

/** A folder that agents may ask about, and nothing outside of it. */
export interface AgentRoot {
  /** URI. */
  readonly uri: string;
  readonly name: string;
}

/** What tools answer from. */
export interface AgentServices {
  readonly catalog: CatalogService;
  readonly search: Pick<SearchService, 'collators' | 'find' | 'whenReady'>;
  readonly fileSystem: FileSystem;
  /** Where a file (a URI) is for people that lies on another machine; undefined for all others. */
  readonly addressOf?: (file: string) => string | undefined;
  /** The folders of the workspace, in order. */
  readonly roots: () => readonly AgentRoot[];
  /** Whom owners in CODEOWNERS files stand for. */
  readonly codeownersOwners: () => OwnerMapping;
  /**
   * Takes up what has changed, so that answers are those of now. Called before each.
   *
   * @throws AbortError; an Error whose message says why there is no catalog
   */
  readonly update: (signal: AbortSignal) => Promise<void>;
  /** Takes up a file (a URI) as it is now, where that has to be told. @throws AbortError */
  readonly takeUp: (file: string, signal: AbortSignal) => Promise<void>;
  /** Resolves when all problems of now are known, those of skeletons included. @throws AbortError */
  readonly whenInspected: (signal: AbortSignal) => Promise<void>;
}

/** What a tool says, twice: for programs, and for who reads. */
export type AgentAnswer =
  | { readonly type: 'answer'; readonly value: JsonObject; readonly text: string }
  /** What was wrong with the question, and what to ask instead. */
  | { readonly type: 'refusal'; readonly text: string };

/** Something that an agent can ask. It reads only. */
export interface AgentTool {
  readonly name: string;
  /** Of objects. */
  readonly input: z.ZodMiniType;
  /** @throws AbortError */
  run(input: unknown, services: AgentServices, signal: AbortSignal): Promise<AgentAnswer>;
}

/** Why a question has no answer, and a way out: told to the agent. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
}
