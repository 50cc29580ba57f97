import { english, silentLogger } from '../../../../../src/base';
import { DefinitionChecks } from '../../../../../src/features/apis/plugin/definitions/definitionChecks';
import { CatalogEngine } from '../../../../../src/features/catalog/core';
import type { Problem } from '../../../../../src/model';
import { fileUri, InMemoryFileSystem } from '../../../../support/inMemoryFileSystem';
import { TestClock } from '../../../../support/testClock';

/** An API definition with one problem in its sixth line. */
export const broken = `openapi: 3.1.0
info: { title: Orders, version: '1' }
paths:
  /orders:
    get:
      sumary: All of them
`;

/** A catalog of files with the checks of its definitions. */
export class DefinitionsInFiles {
  readonly files = new InMemoryFileSystem();
  readonly catalog = new CatalogEngine({
    fileSystem: this.files,
    clock: new TestClock(),
    logger: silentLogger,
  });
  /** Refs of the APIs whose definitions were read. */
  readonly loaded: string[] = [];
  readonly checks = new DefinitionChecks({
    catalog: {
      getEntityByRef: ref => this.catalog.getEntityByRef(ref),
      getEntitySource: ref => this.catalog.getEntitySource(ref),
      loadEntity: ref => {
        this.loaded.push(ref as string);
        return this.catalog.loadEntity(ref);
      },
    },
    files: this.files,
    translate: english,
  });

  static async of(files: Readonly<Record<string, string>>): Promise<DefinitionsInFiles> {
    const made = new DefinitionsInFiles();
    for (const [path, text] of Object.entries(files)) made.files.write(`/work/${path}`, text);
    made.catalog.setRoots([{ uri: fileUri('/work'), name: 'work' }]);
    await made.catalog.refresh();
    return made;
  }

  async write(path: string, text: string): Promise<void> {
    this.files.write(`/work/${path}`, text);
    await this.catalog.applyChanges([{ type: 'changed', uri: fileUri(`/work/${path}`) }]);
  }
}

/** A problem as text, with the file and its 1-based range. */
export function drawnProblem({ file = '', message, range: { start, end } }: Problem): string {
  const place = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
  return `${file.slice('file:///work/'.length)} ${place} ${message}`;
}
