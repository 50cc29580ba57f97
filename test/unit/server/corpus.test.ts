import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/model';
import { createFeatures } from '../../../src/server/features';
import { ServerSettings } from '../../../src/server/serverSettings';
import { openLanguageWorkspace } from '../../support/languageWorkspace';
import { textsIn } from '../../support/realTexts';
import { sharedMaterial } from '../../support/sharedMaterial';
import { at } from '../../support/testCatalog';

/** Result of Backstage's own code for a document of a real repository. */
interface ExpectedDocument {
  readonly file: string;
  readonly docIndex: number;
  readonly kind?: string;
  readonly templated?: boolean;
  readonly valid: boolean;
}

const corpus = sharedMaterial('corpus', 'the language server on real files');

describe.runIf(corpus)('language server on real catalogs', () => {
  const repositories = corpus
    ? readdirSync(corpus, { withFileTypes: true }).filter(entry => entry.isDirectory())
    : [];

  it.each(repositories.map(({ name }) => name))(
    'reports no errors in valid, templated or other documents of %s',
    async repository => {
      const folder = join(corpus ?? '', repository);
      const { entities } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
        entities: readonly ExpectedDocument[];
      };
      const refused = new Set(
        entities
          // A Template has template syntax and must be valid nevertheless.
          .filter(({ kind, valid, templated }) => !valid && (!templated || kind === 'Template'))
          .map(({ file, docIndex }) => `${file}#${docIndex}`),
      );
      const files = textsIn(join(folder, 'tree'));
      const workspace = await openLanguageWorkspace(files);
      const { providers } = createFeatures({
        context: workspace.context,
        settings: new ServerSettings(),
        roots: () => [at('')],
        appConfigProvider: undefined,
        fetchText: () => Promise.reject(new Error('Nothing is fetched')),
      });
      const errors: string[] = [];
      const take = (path: string, problems: readonly Problem[]): void => {
        for (const { severity, code, message, document = 0, range } of problems) {
          if (severity !== 'error' || refused.has(`${path}#${document}`)) continue;
          errors.push(`${path}#${document}:${range.start.line + 1} ${code} ${message}`);
        }
      };
      for (const path of Object.keys(files).filter(name => /\.ya?ml$/.test(name))) {
        const request = workspace.open(path);
        take(path, workspace.mirror.problems(at(path)));
        for (const provider of providers) take(path, (await provider.problems?.(request)) ?? []);
      }
      workspace.dispose();
      expect(errors).toEqual([]);
    },
  );
});
