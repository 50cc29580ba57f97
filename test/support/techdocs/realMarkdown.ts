import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { techdocsCoreExtensions } from '../../../src/features/techdocs/core';

/** Extensions that Debian doesn't package. */
const absent = [
  'gh_admonitions',
  'mdx_truly_sane_lists',
  'markdown_inline_graphviz',
  'plantuml_markdown',
];

export type Config = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** techdocs-core's configuration without extensions that Debian lacks, and with the given options. */
export function comparableExtensions(more: Config = {}): Config {
  const kept = Object.entries(techdocsCoreExtensions).filter(([name]) => !absent.includes(name));
  return { ...Object.fromEntries(kept), ...more };
}

export interface RealPage {
  readonly html: string;
  readonly toc: readonly RealTocEntry[];
}

export interface RealTocEntry {
  readonly level: number;
  readonly id: string;
  readonly name: string;
  readonly children: readonly RealTocEntry[];
}

/** The system's Python, where Debian puts MkDocs: another one may come first in the path. */
const python = '/usr/bin/python3';

/** Whether Python-Markdown, pymdownx and MkDocs are installed. */
export function hasRealMarkdown(): boolean {
  return spawnSync(python, ['-c', 'import markdown, pymdownx, mkdocs']).status === 0;
}

/** Renders pages with the real Python-Markdown. */
export function renderForReal(
  pages: readonly { readonly text: string; readonly extensions: Config }[],
): RealPage[] {
  const script = join(import.meta.dirname, '../../fixtures/techdocs/reference.py');
  const { status, stdout, stderr } = spawnSync(python, [script], {
    input: JSON.stringify(pages),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as RealPage[];
}
