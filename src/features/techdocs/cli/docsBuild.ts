import { resolve } from 'node:path';
import { isWithin } from '../../../base';
import { type CommandContext, exitCodes, type RunCommand, UsageError } from '../../../cli/command';
import { namedGenerator, namedTechDocsCore } from '../../../cli/docsGenerator';
import { namedEnvironment } from '../../../cli/namedEnvironment';
import { severityStyles } from '../../../cli/output/prettyOutput';
import { plural } from '../../../cli/output/problems';
import { printable } from '../../../cli/output/style';
import { pathsRelativeTo } from '../../../cli/paths';
import { fileReason } from '../../../platform/core/files';
import { loadOutputs, pathToFileUri } from '../../../platform/node';
import {
  type BuildMessage,
  buildDocs,
  ForeignFolderError,
  readFolderSite,
  checkTarget,
  type TargetRefusal,
  writeDocs,
  type WrittenDocs,
} from '../core';

/** `callboard docs build`: builds a static site from the docs of a folder. */
export const runDocsBuild: RunCommand = async ({ positionals, options }, context) => {
  const { fileSystem, signal, cwd, terminal } = context;
  const [directory = '.'] = positionals;
  const out = options.get('out')?.at(-1);
  if (out === undefined) {
    throw new UsageError('docs build needs --out OUT: callboard docs build DIR --out OUT');
  }
  const folder = pathToFileUri(resolve(cwd, directory));
  const stat = await fileSystem.stat(folder);
  if (stat?.type !== 'directory') {
    throw new UsageError(
      stat ? `${directory} isn't a folder` : `Folder ${directory} doesn't exist`,
    );
  }
  const environment = namedEnvironment(options, context);
  const site = await readFolderSite(
    folder,
    {
      ...context,
      environment,
      generator: await namedGenerator(folder, options, context),
      techDocsCore: await namedTechDocsCore(folder, options, context),
    },
    { name: options.get('site-name')?.at(-1), signal },
  );
  if (!site) {
    throw new UsageError(`${directory} has no docs: no mkdocs.yml, docs folder or README.md`);
  }
  const target = resolve(cwd, out);
  const refusal = await checkTarget(pathToFileUri(target), site, fileSystem);
  if (refusal) throw new UsageError(refusals[refusal](out));
  const isCleaned = options.has('clean');
  if (isCleaned && isWithin(pathToFileUri(target), pathToFileUri(cwd))) {
    throw new UsageError(`--clean would empty ${out}, the current folder`);
  }

  const isStrict = options.has('strict') || site.config.isStrict;
  const problems = site.content.problems.filter(({ severity }) => severity !== 'info');
  if (problems.some(({ severity }) => severity === 'error')) {
    return reportFailure(problems, 'Nothing was built', context);
  }
  const etag = options.get('etag')?.at(-1);
  const built = await buildDocs(
    site,
    { ...context, theme: context.siteTheme },
    {
      signal,
      time: buildTime(context),
      ...(etag !== undefined && { etag }),
      onProgress: ({ done, total }) => terminal.showProgress(`Rendering ${done}/${total} pages`),
    },
  );
  const messages = [...problems, ...built.messages].filter(({ severity }) => severity !== 'info');
  // MkDocs doesn't see what TechDocs removed.
  const removals = problems.filter(({ code }) => code === 'docs-config-removed');
  if (isStrict && messages.length > removals.length) {
    const count = plural(messages.length - removals.length, 'warning');
    return reportFailure(messages, `Nothing was built: ${count}`, context);
  }
  printMessages([...messages, ...built.diagramWarnings], context);
  const written = await write(built, target, {
    out,
    isCleaned,
    context,
  });
  terminal.showProgress(undefined);
  terminal.write(`${summary(built.pages, out, written)}\n`);
  terminal.writeError('HTML in pages is not sanitized.');
  return exitCodes.ok;
};

async function write(
  built: Parameters<typeof writeDocs>[0],
  target: string,
  { out, isCleaned, context }: { out: string; isCleaned: boolean; context: CommandContext },
): Promise<WrittenDocs> {
  const { signal, terminal } = context;
  const { NodeOutputFolder } = await loadOutputs();
  try {
    return await writeDocs(built, new NodeOutputFolder(target), {
      signal,
      isCleaned,
      onProgress: ({ done, total }) => terminal.showProgress(`Writing ${done}/${total} files`),
    });
  } catch (error) {
    if (error instanceof ForeignFolderError) {
      throw new UsageError(
        `${out} was not changed: ${error.message}. Use another folder, or --clean to empty it first`,
      );
    }
    if (signal.aborted) throw error;
    throw new UsageError(`Can't write to ${out}: ${fileReason(error)}`);
  }
}

const refusals: Readonly<Record<TargetRefusal, (out: string) => string>> = {
  'holds-sources': out => `${out} contains the sources of the docs. Use another folder`,
  'among-sources': out =>
    `${out} is inside the docs, so the next build would publish it. Use another folder`,
};

/** Latest time that `Date` supports, in milliseconds since the epoch. */
const LAST_TIME = 8.64e15;

/** Returns the build time. Reproducible builds set it in the environment. */
function buildTime({ clock, env }: CommandContext): number {
  const epoch = env['SOURCE_DATE_EPOCH'];
  const time = epoch !== undefined && /^\d+$/.test(epoch) ? Number(epoch) * 1000 : undefined;
  return time === undefined || time > LAST_TIME ? clock.now() : time;
}

function reportFailure(
  messages: readonly BuildMessage[],
  why: string,
  context: CommandContext,
): number {
  context.terminal.showProgress(undefined);
  printMessages(messages, context);
  context.terminal.writeError(why);
  return exitCodes.problems;
}

function printMessages(messages: readonly BuildMessage[], { terminal, cwd }: CommandContext): void {
  const show = pathsRelativeTo(cwd);
  for (const { severity, message, file, range } of messages) {
    const { line, character } = range.start;
    const place = file === undefined ? '' : `${show(file)}:${line + 1}:${character + 1}: `;
    const [first = '', ...more] = message.split('\n');
    const level = terminal.paint(severityStyles[severity], severity);
    terminal.writeError(`${printable(place)}${level}: ${printable(first)}`);
    for (const line of more) terminal.writeError(`  ${printable(line)}`);
  }
}

function summary(pages: number, out: string, { written, unchanged, removed }: WrittenDocs): string {
  const counts = [
    `${plural(written, 'file')} written`,
    ...(unchanged ? [`${unchanged} unchanged`] : []),
    ...(removed ? [`${removed} removed`] : []),
  ];
  return `Built ${plural(pages, 'page')} into ${printable(out)}: ${counts.join(', ')}`;
}
