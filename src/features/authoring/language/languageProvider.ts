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
import type { RemoteEntities } from './remoteEntities';

/** The context of all language features. */
export interface LanguageContext {
  readonly catalog: CatalogView;
  /** Undefined if there are no sources. */
  readonly remoteEntities?: RemoteEntities;
  /** Files with unsaved texts. */
  readonly files: FileSystem;
  /** Returns the folder that a file's placeholders, docs and Locations must not leave; URIs. */
  boundaryOf(uri: string): string;
  /** Whether a file can't be edited, for example outside the workspace; default: files below their boundary can be. */
  readonly isReadOnly?: (uri: string) => boolean;
  /** Returns the state of a file that is open in an editor. */
  openText(uri: string): YamlText | undefined;
  /** Ids of Callboard's commands that the client can run; undefined for other clients. */
  readonly commands?: ReadonlySet<string>;
  /** The client's support for workspace edits. */
  readonly edits: ClientEdits;
}

/** LSP's `workspace.workspaceEdit`. */
export interface ClientEdits {
  /** Whether it supports `documentChanges`; all clients support `changes`. */
  readonly hasDocumentChanges: boolean;
  /** Whether edits can create files. */
  readonly canCreateFiles: boolean;
  /** Whether edits can rename files. */
  readonly canRenameFiles: boolean;
  /** Whether it groups edits by annotation and confirms those that need it. */
  readonly hasAnnotations: boolean;
}

export interface TextRequest {
  readonly context: LanguageContext;
  readonly text: YamlText;
  readonly signal: AbortSignal;
}

export interface PositionRequest extends TextRequest {
  readonly position: Position;
  /** The position as an offset into the text. */
  readonly offset: number;
}

export interface RangeRequest extends TextRequest {
  readonly range: Range;
}

export interface CodeActionRequest extends RangeRequest {
  /** The engine's problems that touch the range. */
  readonly problems: readonly Problem[];
  /** The client's diagnostics there, from any tool. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Requested kinds; `source.fixAll.callboard` is returned only if it is listed. */
  readonly only: readonly string[] | undefined;
}

/**
 * Types of semantic tokens, all of them LSP's own, for which every theme has a color: in a ref the kind is a `type`,
 * the name a `class`. See also `semanticTokenModifiers`.
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

/** A range on one line; tokens don't overlap. */
export interface SemanticToken {
  /** Offsets into the file. */
  readonly start: number;
  readonly end: number;
  readonly type: (typeof semanticTokenTypes)[number];
  readonly modifiers?: readonly (typeof semanticTokenModifiers)[number][];
}

export interface CompletionItems {
  readonly items: readonly CompletionItem[];
  /** Whether further typing may result in other items. */
  readonly isIncomplete: boolean;
}

type Awaitable<T> = T | Promise<T>;

/**
 * A part of the language server; the results of several providers for one place are merged. Methods don't throw for any
 * content of a file; all ranges are within the text.
 */
export interface LanguageProvider {
  /** Whether it also handles texts in languages other than YAML. */
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
  /** Returns the problems of the open text in addition to the engine's. */
  problems?(request: TextRequest): Awaitable<readonly Problem[]>;
}
