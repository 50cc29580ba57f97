import { environmentOption } from '../../../cli/namedEnvironment';
import type { CommandSpec } from '../../../cli/options';
import { docsFormats } from './docsFormats';

export const docsCommand: CommandSpec = {
  name: 'docs',
  positionals: 'build [DIR] --out OUT | check [DIR] | render FILE.md',
  maxPositionals: 2,
  summary: 'Build and check docs, or render a page of them, as TechDocs does',
  details: [
    'build makes a static site of the docs in DIR (default: the current folder): of its mkdocs.yml, else of its folder docs or its README.md. It has the pages, addresses, search index and techdocs_metadata.json that TechDocs has, so that OUT can be published to its storage, and a theme of its own that loads nothing from elsewhere, so that any web server can serve it. Neither Python nor Docker is needed; hooks, templates and plugins that MkDocs would run are not.',
    'OUT may be new, empty, or of an earlier build, of which only what is different is written and what is gone is removed. Anything else is left alone, unless --clean says that it may go. SOURCE_DATE_EPOCH is the time of the build where it is set. Exits with 1, and writes nothing, when the config has errors; links that lead nowhere are warnings, and so are diagrams of PlantUML, Graphviz and others that only MkDocs draws: their source is shown.',
    'check finds the sites in DIR (default: the current folder), by their mkdocs.yml and by what entities say, and tells what MkDocs would say of them while it builds them, at the levels that validation: in mkdocs.yml sets, and more: links to pages, anchors and pictures that are not there, entries of the navigation without a page, pages that it leaves out, ids that are there twice, includes that find nothing. DIR can be a mkdocs.yml, for its site alone. Nothing of what a site loads or runs is loaded or run.',
    'check exits with 0 when MkDocs would build the sites, 1 on errors; with --strict, and for a site whose mkdocs.yml says strict: true, on warnings as well. Paths in the JSON output are relative to DIR.',
    'render prints the HTML of the body of one page, as Python-Markdown renders it with what techdocs-core sets and what the nearest mkdocs.yml, with all that it inherits, adds in markdown_extensions. Neither Python nor Docker is needed, and no program is run: diagrams come out as their source, with an attribute data-diagram that names what draws them.',
    'The HTML is not sanitised: what the page says in HTML is in it, scripts included, as with mkdocs, and so it is in what build makes. Files that a page includes are read below the folder of the mkdocs.yml, or of the page where there is none. What could not be included is told on the standard error stream; the page is printed without it.',
    '!ENV in a mkdocs.yml sees the environment variables that --env names, for build and check, and no others: what is built or printed may be published.',
  ],
  options: [
    environmentOption,
    {
      name: 'format',
      value: 'FORMAT',
      choices: [...docsFormats.keys()],
      help: 'how check prints what it found',
    },
    {
      name: 'strict',
      help: "have check exit with 1 on warnings, and build write nothing then; diagrams that build can't draw don't count, as MkDocs would draw them",
    },
    { name: 'out', value: 'OUT', help: 'the folder that the site is built into' },
    { name: 'clean', help: 'empty OUT first, whatever is in it but what begins with a dot' },
    {
      name: 'site-name',
      value: 'NAME',
      help: 'the name of a site without a mkdocs.yml (default: that of the folder)',
    },
    {
      name: 'etag',
      value: 'ETAG',
      help: 'what TechDocs knows the sources by, such as the commit, for techdocs_metadata.json',
    },
  ],
  examples: [
    ['callboard docs build --out site', 'the docs of the current folder'],
    [
      'callboard docs build services/a --out out/a --strict --etag "$GITHUB_SHA"',
      'in CI, to be published to the storage of TechDocs',
    ],
    ['callboard docs check', 'all docs of the current folder'],
    ['callboard docs check services/a --strict --format github', 'in CI, before merge'],
    ['callboard docs render docs/index.md > index.html', 'a page, to look at or compare'],
  ],
};
