import type { Emitter, LanguageFn } from 'highlight.js';
import core from 'highlight.js/lib/core';
import { ownValue } from '../../../src/base';

/** A token of code, with its scope. */
export interface Token {
  readonly text: string;
  /** Scope such as `string`; undefined for plain text. */
  readonly scope: string | undefined;
}

/** Grammars by language id of VS Code, loaded on demand. */
const languages: Readonly<Record<string, () => Promise<{ readonly default: LanguageFn }>>> = {
  yaml: () => import('highlight.js/lib/languages/yaml'),
  json: () => import('highlight.js/lib/languages/json'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  proto: () => import('highlight.js/lib/languages/protobuf'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
};

const highlighter = core.newInstance();

/** Collects tokens instead of HTML, because the text is untrusted. */
class TokenList implements Emitter {
  readonly tokens: Token[] = [];
  #scopes: string[] = [];

  addText(text: string): void {
    if (text !== '') this.tokens.push({ text, scope: this.#scopes.at(-1) });
  }

  startScope(scope: string): void {
    this.#scopes.push(scope);
  }

  endScope(): void {
    this.#scopes.pop();
  }

  openNode(scope: string): void {
    this.startScope(scope);
  }

  closeNode(): void {
    this.endScope();
  }

  __addSublanguage(emitter: Emitter): void {
    if (emitter instanceof TokenList) this.tokens.push(...emitter.tokens);
  }

  finalize(): void {}

  toHTML(): string {
    return '';
  }
}
highlighter.configure({ __emitter: TokenList });

/** Undefined for an unknown language. */
export async function tokenize(
  text: string,
  language: string,
): Promise<readonly Token[] | undefined> {
  const load = ownValue(languages, language);
  if (!load) return undefined;
  if (!highlighter.getLanguage(language)) {
    highlighter.registerLanguage(language, (await load()).default);
  }
  const { _emitter: emitter } = highlighter.highlight(text, { language, ignoreIllegals: true });
  return emitter instanceof TokenList ? emitter.tokens : undefined;
}
