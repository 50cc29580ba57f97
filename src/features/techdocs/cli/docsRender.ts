import { resolve } from 'node:path';
import { exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { namedTechDocsCore } from '../../../cli/docsGenerator';
import { printable } from '../../../cli/output/style';
import { decodeText } from '../../../platform/core/files';
import { pathToFileUri } from '../../../platform/node';
import { DocsRenderer, extensionsForRelease, siteOfPage } from '../core';

/** `callboard docs render`: renders one page as HTML. */
export const runDocsRender: RunCommand = async ({ positionals, options }, context) => {
  const { terminal, fileSystem, cwd } = context;
  const [file] = positionals;
  if (file === undefined)
    throw new UsageError('docs render needs a page: callboard docs render FILE.md');
  const uri = pathToFileUri(resolve(cwd, file));
  const stat = await fileSystem.stat(uri);
  if (stat?.type !== 'file') {
    throw new UsageError(stat ? `${file} is not a file` : `File ${file} doesn't exist`);
  }
  const text = decodeText(await fileSystem.readFile(uri));
  // The output may be published, so configs can't read the environment.
  const found = await siteOfPage(uri, { fileSystem, environment: new Map() });
  const readCore = await namedTechDocsCore(pathToFileUri(cwd), options, context);
  const site = {
    ...found,
    markdownExtensions: extensionsForRelease(found.markdownExtensions, readCore()),
  };
  const renderer = new DocsRenderer({ fileSystem });
  const page = await renderer.render(text, site);
  for (const name of renderer.unknownExtensions(site)) {
    terminal.writeError(printable(`${file}: the extension ${name} isn't supported and is ignored`));
  }
  for (const { message, range } of page.problems) {
    terminal.writeError(printable(`${file}:${range.start.line + 1}: ${message}`));
  }
  terminal.write(`${withReferences(page.html)}\n`);
  return exitCodes.ok;
};

/** Replaces characters that the terminal escapes with equivalent HTML references. */
function withReferences(html: string): string {
  // Control characters have no references.
  return html.replace(
    /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    character => `&#x${character.charCodeAt(0).toString(16)};`,
  );
}
