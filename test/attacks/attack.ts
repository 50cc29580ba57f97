import type { Random } from './random';

/** A kind of foreign text that a family generates. Each has a row in `grammars.ts`. */
export type Format =
  | 'archive'
  | 'codeowners'
  | 'expression'
  | 'git'
  | 'glob'
  | 'graphql'
  | 'html'
  | 'javascript'
  | 'json'
  | 'markdown'
  | 'pattern'
  | 'proto'
  | 'text'
  | 'toml'
  | 'url'
  | 'value'
  | 'xml'
  | 'yaml';

/** An entry point of Callboard that reads text or bytes that others wrote. */
export interface Reader {
  readonly name: string;
  readonly format: Format;
  /** Source files that parse or match this text; a folder ends with `/`. */
  readonly sources: readonly string[];
  /**
   * Whole inputs, in which `<|>` marks where the attack goes. Default: the attack alone.
   * They get an attack past the checks that come first.
   */
  readonly frames?: readonly string[];
  /** Families that this reader is attacked with besides those that fit all texts. */
  readonly families?: readonly SpecialFamily[];
  /** Families that it isn't attacked with, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
  /** Reads the input as the product does, and returns all results. */
  readonly read: (input: Input) => unknown;
  /** Whether the reader's contract allows this error. Default: no error is allowed. */
  readonly allows?: (error: unknown) => boolean;
  /** Whether the texts of the result go to a terminal, or to another program that obeys control characters. */
  readonly isShown?: boolean;
  /** Whether steps are counted and work above the limit is dropped: time isn't proportional to size then. */
  readonly isBudgeted?: boolean;
  /** Part of the usual size that is enough here, because a read starts a process or a server. */
  readonly scale?: number;
}

/** Text, or bytes one character each (`latin1`) for the format `archive`. */
export type Input = string;

/** Families that fit some readers only: they attack a protocol, not a syntax. */
export type SpecialFamily = 'archive' | 'git' | 'http' | 'mcp' | 'oauth';

export interface Family {
  readonly name: string;
  /** Whether inputs of twice the size must not take four times as long. */
  readonly isMeasured?: boolean;
  readonly fits: (reader: Reader) => boolean;
  /** An input for the reader, always the same for the same seed and size. */
  readonly generate: (reader: Reader, random: Random, size: number) => Input;
}

/** Text that no output may contain: it is in places that an input must not reach. */
export const CANARY = 'canary-7f3a91';
