import { type CodeAction, type TextEdit } from 'vscode-languageserver-types';
import { applyOffsetEdits } from '../../src/features/authoring/core/edits';
import {
  type CodeActionRequest,
  codeActionProvider,
  expressionFixProvider,
  YamlText,
} from '../../src/features/authoring/language';
import { documentedActions } from '../../src/features/templates/core';
import { createTemplateFixProvider } from '../../src/features/templates/language';
import { type LanguageWorkspace, openLanguageWorkspace, pathOf } from './languageWorkspace';
import { at, type TestCatalogOptions } from './testCatalog';

export async function actionsAt(request: CodeActionRequest): Promise<readonly CodeAction[]> {
  const providers = [
    expressionFixProvider,
    createTemplateFixProvider({ actions: () => documentedActions }),
    codeActionProvider,
  ];
  const found = await Promise.all(providers.map(async provider => provider.codeActions?.(request)));
  return found.flatMap(actions => actions ?? []);
}

/** A workspace with one open file and a cursor. */
export interface ActionCase {
  /** Path of the file; default: `catalog-info.yaml`. */
  readonly path?: string;
  /** Text with `<|>`. */
  readonly text: string;
  /** Other files by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly only?: readonly string[];
  readonly options?: TestCatalogOptions;
}

/** Code actions at a cursor, with their results. */
export class OfferedActions {
  readonly actions: readonly CodeAction[];
  #workspace: LanguageWorkspace;
  #path: string;

  constructor(workspace: LanguageWorkspace, path: string, actions: readonly CodeAction[]) {
    this.#workspace = workspace;
    this.#path = path;
    this.actions = actions;
  }

  get titles(): readonly string[] {
    return this.actions.map(({ title }) => title);
  }

  find(title: string): CodeAction {
    const action = this.actions.find(candidate => candidate.title === title);
    if (!action) throw new Error(`There is no ${title} among ${this.titles.join(', ')}`);
    return action;
  }

  /** Returns the changed and created texts of an action, by path. */
  changes(title: string): Readonly<Record<string, string>> {
    const texts = new Map<string, string>();
    for (const change of this.find(title).edit?.documentChanges ?? []) {
      if ('kind' in change) {
        if (change.kind !== 'create') throw new Error(`${change.kind} is not expected`);
        if (this.#exists(change.uri)) throw new Error(`${change.uri} exists`);
        texts.set(change.uri, '');
        continue;
      }
      const { uri } = change.textDocument;
      const before = texts.get(uri) ?? this.#textOf(uri);
      texts.set(uri, edited(before, change.edits as readonly TextEdit[]));
    }
    return Object.fromEntries([...texts].map(([uri, text]) => [pathOf(uri), text]));
  }

  /** Returns the text of the open file after an action. */
  text(title: string): string {
    return this.changes(title)[this.#path] ?? this.#textOf(at(this.#path));
  }

  /** Returns the codes of all problems in the workspace after an action, in the order of files. */
  async codesAfter(title: string): Promise<readonly string[]> {
    await this.#workspace.write(this.changes(title));
    return this.#workspace.catalog.codes();
  }

  get codes(): readonly string[] {
    return this.#workspace.catalog.codes();
  }

  #exists(uri: string): boolean {
    return this.#workspace.catalog.files.paths().includes(`/work/${pathOf(uri)}`);
  }

  #textOf(uri: string): string {
    return (
      this.#workspace.getText(uri) ?? this.#workspace.catalog.files.textOf(`/work/${pathOf(uri)}`)
    );
  }
}

export async function offered({
  path = 'catalog-info.yaml',
  text,
  files = {},
  only,
  options,
}: ActionCase): Promise<OfferedActions> {
  const workspace = await openLanguageWorkspace(
    { ...files, [path]: text.replace('<|>', '') },
    options,
  );
  const actions = await actionsAt(workspace.actions(path, text, only));
  return new OfferedActions(workspace, path, actions);
}

/** Applies edits like an editor: they must not overlap, and must be inside the text. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const source = new YamlText({ uri: 'file:///a.yaml', version: 0, text });
  let last = 0;
  const offsets = edits.map(({ range, newText }) => {
    const [start, end] = [source.offsetAt(range.start), source.offsetAt(range.end)];
    const placed = source.rangeAt(start, end);
    if (JSON.stringify(placed) !== JSON.stringify(range)) throw new Error('Out of the text');
    return { start, end, text: newText };
  });
  offsets.sort((a, b) => a.start - b.start);
  for (const { start, end } of offsets) {
    if (start < last || end < start) throw new Error('The edits overlap');
    last = end;
  }
  return applyOffsetEdits(text, offsets);
}
