import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  SelectionRange,
} from 'vscode-languageserver-types';
import type { Position, Range } from '../../../base';
import type { Problem } from '../../../model';
import type { FileSystem } from '../../../platform/core/ports';
import type { CatalogView } from './catalogView';
import type { YamlText } from './documents/yamlText';
import type { EntitiesElsewhere } from './entitiesElsewhere';

/** What every feature may look at. */
export interface LanguageContext {
  readonly catalog: CatalogView;
  /** Undefined where nobody else is asked. */
  readonly elsewhere?: EntitiesElsewhere;
  /** Open texts win over the disk in it. */
  readonly files: FileSystem;
  /** The folder that a file's placeholders, docs and Locations stay in; URIs. */
  boundaryOf(uri: string): string;
  /** Whether a file must stay as it is, as one outside of the workspace; without it, none below its boundary. */
  readonly isReadOnly?: (uri: string) => boolean;
  /** The state of a file that is open in an editor. */
  openText(uri: string): YamlText | undefined;
  /** Ids of the commands that the client can run; undefined for a client that is not ours. */
  readonly commands?: ReadonlySet<string>;
  /** What the client takes in an edit of the workspace. */
  readonly edits: ClientEdits;
}

/** Of LSP's `workspace.workspaceEdit`. */
export interface ClientEdits {
  /** Whether it takes `documentChanges`; all take `changes`. */
  readonly hasDocumentChanges: boolean;
  /** Whether files may be created by them. */
  readonly canCreateFiles: boolean;
  /** Whether files may be renamed by them. */
  readonly canRenameFiles: boolean;
  /** Whether it tells edits apart by annotations, and asks about those that need it. */
  readonly hasAnnotations: boolean;
}

export interface TextRequest {
  readonly context: LanguageContext;
  readonly text: YamlText;
  readonly signal: AbortSignal;
}

export interface PositionRequest extends TextRequest {
  readonly position: Position;
  /** The same place as an offset into the text. */
  readonly offset: number;
}

export interface RangeRequest extends TextRequest {
  readonly range: Range;
}

export interface CodeActionRequest extends RangeRequest {
  /** The engine's problems that touch the range. */
  readonly problems: readonly Problem[];
  /** What the client shows there, whoever says it. */
  readonly diagnostics?: readonly Diagnostic[];
  /** `source.fixAll.callboard` is asked for by this alone. */
  readonly only: readonly string[] | undefined;
}

/**
 * The names of semantic tokens; `semanticTokenModifiers` go with them. They are of LSP's own, which
 * every theme has a colour for: in a ref the kind is a `type`, the name a `class`.
 */
export const semanticTokenTypes = [
  'type',
  'namespace',
  'class',
  'parameter',
  'property',
  'function',
  'keyword',
  'operator',
  'string',
  'number',
  'variable',
] as const;

export const semanticTokenModifiers = ['unresolved'] as const;

/** A stretch of one line; tokens do not overlap. */
export interface SemanticToken {
  /** Offsets into the file. */
  readonly start: number;
  readonly end: number;
  readonly type: (typeof semanticTokenTypes)[number];
  readonly modifiers?: readonly (typeof semanticTokenModifiers)[number][];
}

export interface CompletionItems {
  readonly items: readonly CompletionItem[];
  /** Whether other items may fit once more is typed. */
  readonly isIncomplete: boolean;
}

type Awaitable<T> = T | Promise<T>;

/**
 * A part of what the language server knows to do: what several have to say of one place is put
 * together. None of it throws for anything that can stand in a file; all ranges lie in the text.
 */
export interface LanguageProvider {
  /** Whether it has to do with texts of other languages than YAML as well. */
  readonly anyLanguage?: true;
  complete?(request: PositionRequest): Awaitable<CompletionItems>;
  hover?(request: PositionRequest): Awaitable<Hover | undefined>;
  definition?(request: PositionRequest): Awaitable<readonly LocationLink[]>;
  references?(
    request: PositionRequest & { readonly includeDeclaration: boolean },
  ): Awaitable<readonly Location[]>;
  highlights?(request: PositionRequest): Awaitable<readonly DocumentHighlight[]>;
  links?(request: TextRequest): Awaitable<readonly DocumentLink[]>;
  symbols?(request: TextRequest): Awaitable<readonly DocumentSymbol[]>;
  foldingRanges?(request: TextRequest): Awaitable<readonly FoldingRange[]>;
  selectionRange?(request: PositionRequest): Awaitable<SelectionRange | undefined>;
  semanticTokens?(request: TextRequest): Awaitable<readonly SemanticToken[]>;
  codeLenses?(request: TextRequest): Awaitable<readonly CodeLens[]>;
  inlayHints?(request: RangeRequest): Awaitable<readonly InlayHint[]>;
  codeActions?(request: CodeActionRequest): Awaitable<readonly CodeAction[]>;
  /** What is wrong with the open text beyond what the engine says. */
  problems?(request: TextRequest): Awaitable<readonly Problem[]>;
}
