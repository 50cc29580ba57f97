import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { inProject } from '../../../scripts/lib/project.mjs';
import { commands } from '../../../src/cli/commands/allCommands';
import { parseCommandLine } from '../../../src/cli/options';

const read = (path: string): string => readFileSync(inProject(path), 'utf8');
const examples = readdirSync(inProject('docs/examples'), { withFileTypes: true })
  .filter(entry => entry.isFile())
  .map(({ name }) => name);
const guides = readdirSync(inProject('docs')).filter(
  name => name.endsWith('.md') && name !== 'cli.md',
);
const pages = [
  'README.md',
  ...[...guides, ...examples.map(name => `examples/${name}`)].map(name => `docs/${name}`),
];

/** Text after `callboard`, up to characters that a shell, Markdown or YAML would not pass on. */
function commandLines(text: string): readonly string[] {
  return [
    ...text.matchAll(
      /callboard ((?:validate|diff|graph|entities|dependents|search|import|docs|template|lsp|mcp|owner|completion|help)\b[^\n`|>#;)…]*)/g,
    ),
  ].map(([, line = '']) => line.trim());
}

const parseLine = (line: string): ReturnType<typeof parseCommandLine> => {
  const words = line.match(/"[^"]*"|'[^']*'|[^\s"']+/g) ?? [];
  return parseCommandLine(
    words.map(word => word.replace(/^["'](.*)["']$/, '$1')),
    commands,
  );
};

it.each(pages)('%s shows only valid command lines', page => {
  for (const line of commandLines(read(page))) {
    expect({ line, ...parseLine(line) }).toMatchObject({ line, ok: true });
  }
});

it('the help shows only valid command lines', () => {
  const all = commands.flatMap(command => command.subcommands ?? [command]);
  const lines = all.flatMap(({ examples: lists }) => lists.flatMap(([line]) => commandLines(line)));
  expect(lines.length).toBeGreaterThan(all.length);
  for (const line of lines) {
    expect({ line, ...parseLine(line) }).toMatchObject({ line, ok: true });
  }
});

it('finds command lines', () => {
  expect(commandLines(read('docs/ci.md')).length).toBeGreaterThan(8);
  expect(commandLines(read('docs/examples/github-catalog.yml'))).toHaveLength(3);
});

it('docs and examples install the current version', () => {
  const { version } = JSON.parse(read('package.json')) as { version: string };
  const versions = [...pages, 'docs/supply-chain.md'].flatMap(page =>
    Array.from(read(page).matchAll(/callboard[@-](\d+\.\d+\.\d+)/g), ([, named]) => named),
  );
  expect(versions.length).toBeGreaterThan(3);
  expect(versions.filter(named => named !== version)).toEqual([]);
});

it('docs/examples holds valid YAML and JSON', () => {
  for (const name of examples.filter(file => /\.(ya?ml)$/.test(file))) {
    expect(parseDocument(read(`docs/examples/${name}`)).errors).toEqual([]);
  }
  for (const name of examples.filter(file => file.endsWith('.json'))) {
    expect(JSON.parse(read(`docs/examples/${name}`))).toBeTypeOf('object');
  }
  const workflow = parse(read('docs/examples/github-catalog.yml')) as {
    jobs: { catalog: { steps: { uses?: string; run?: string }[] } };
  };
  for (const step of workflow.jobs.catalog.steps) {
    expect([step.uses, step.run].filter(Boolean)).toHaveLength(1);
  }
});
