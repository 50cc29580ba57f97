import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../../src/cli/catalog/folderSettings';
import { aComponent } from '../../support/descriptors';
import { writeFiles } from '../../support/folders';
import { callboard } from '../../unit/cli/capture';
import { CANARY, type Reader } from '../attack';

/** Output of a command in a folder of these files. Its environment and a file beside it have the canary. */
async function printed(
  files: Readonly<Record<string, string>>,
  ...commands: readonly string[]
): Promise<readonly string[]> {
  const place = mkdtempSync(join(tmpdir(), 'callboard-attack-'));
  const cwd = join(place, 'work');
  try {
    writeFiles(cwd, files);
    writeFileSync(join(place, 'secret'), CANARY);
    symlinkSync('../secret', join(cwd, 'out'));
    const outputs: string[] = [];
    for (const command of commands) {
      const { stdout, stderr } = await callboard(command.split(' '), {
        cwd,
        env: { CALLBOARD_CANARY: CANARY },
      });
      if (/\n\s+at .+:\d+:\d+/.test(`${stdout}${stderr}`)) {
        throw new Error(`${command} printed a stack: ${stdout}${stderr}`);
      }
      outputs.push(stdout, stderr);
    }
    return outputs;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const HEAD = 'apiVersion: backstage.io/v1alpha1\nkind: Component\n';

export const commandLineReaders: readonly Reader[] = [
  {
    name: 'descriptors, printed by the command line',
    format: 'yaml',
    sources: [],
    frames: [
      '<|>',
      `${HEAD}metadata: { name: <|> }\nspec: { type: <|>, lifecycle: <|>, owner: <|> }\n`,
      `${HEAD}metadata: { name: x, title: <|>, description: <|> }\nspec: { type: a, lifecycle: b, owner: <|> }\n`,
    ],
    isShown: true,
    scale: 0.1,
    read: text =>
      printed(
        { 'x.yaml': text, 'z.yaml': aComponent('z') },
        ...[
          'validate',
          'validate --format json',
          'validate --format github',
          'validate --format junit',
        ],
        ...['entities', 'entities --format json', 'graph', 'graph --format dot'],
      ),
  },
  {
    name: 'docs, printed by the command line',
    format: 'yaml',
    sources: [],
    frames: [
      'site_name: <|>\nnav: [<|>, { <|>: a.md }]\n',
      'site_name: a\nINHERIT: <|>\n',
      'site_name: !ENV CALLBOARD_CANARY\nnav: [<|>]\n',
    ],
    isShown: true,
    scale: 0.1,
    read: text =>
      printed(
        { 'mkdocs.yml': text, 'docs/index.md': '# A\n\n[x](nowhere.md)\n' },
        'docs check',
        'docs check --format json',
      ),
  },
  {
    name: 'app-config.yaml, printed by the command line',
    format: 'yaml',
    sources: [],
    frames: [
      'catalog: { locations: [{ type: file, target: <|> }] }\n',
      'catalog: { locations: [{ $file: <|> }] }\n',
      'catalog: <|>\n',
    ],
    isShown: true,
    scale: 0.1,
    read: text =>
      printed(
        { 'app-config.yaml': text, 'z.yaml': aComponent('z') },
        'validate --config app-config.yaml',
      ),
  },
  {
    name: 'values of --values',
    format: 'yaml',
    sources: ['src/features/scaffolder/cli/templateFiles.ts'],
    frames: ['<|>', 'name: <|>\n'],
    isShown: true,
    scale: 0.1,
    read: text =>
      printed(
        {
          'values.yaml': text,
          'template.yaml':
            'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata: { name: x }\nspec:\n  owner: a\n  type: b\n  steps: [{ id: a, action: "debug:log", input: { message: "${{ parameters | dump }}" } }]\n',
        },
        ...[
          'template run template.yaml --dry-run --values values.yaml',
          'template run template.yaml --dry-run --format json --values values.yaml',
        ],
      ),
  },
  {
    name: '.vscode/settings.json',
    format: 'json',
    sources: ['src/cli/catalog/folderSettings.ts'],
    frames: ['<|>', '{"callboard.catalog.include":<|>,"files.exclude":<|>}'],
    read: text => {
      const settings = readSettings(text, '.vscode/settings.json');
      return [settings.warnings, settings.get('files.exclude'), settings.get('__proto__')];
    },
  },
];
