/** What cannot be done before these files are known. */
export interface WantsIncludes {
  readonly type: 'wants';
  /** From the folder of mkdocs.yml. */
  readonly paths: readonly string[];
}

/**
 * Does something with a page, as often as it takes until all files are known that the page includes, and those that
 * these do.
 *
 * @param attempt - is given what is known so far; undefined for files that are not there
 * @returns what came of it, with the files
 */
export async function withIncludes<T extends { readonly type: string }>(
  attempt: (includes: ReadonlyMap<string, string | undefined>) => Promise<T | WantsIncludes>,
  read: (path: string) => Promise<string | undefined>,
): Promise<{
  readonly output: Exclude<T, WantsIncludes>;
  readonly includes: ReadonlyMap<string, string | undefined>;
}> {
  const includes = new Map<string, string | undefined>();
  for (;;) {
    const output = await attempt(includes);
    if (!isWanting(output)) return { output: output as Exclude<T, WantsIncludes>, includes };
    for (const path of output.paths) includes.set(path, await read(path));
  }
}

function isWanting(output: { readonly type: string }): output is WantsIncludes {
  return output.type === 'wants';
}
