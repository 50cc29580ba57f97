/** The URL of `origin`, else of the first remote, from the text of `.git/config`. */
export function parseRemoteUrl(config: string): string | undefined {
  let remote: string | undefined;
  let first: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (section) {
      remote = section[1]?.toLowerCase() === 'remote' ? section[2] : undefined;
    } else if (remote !== undefined) {
      const [, quoted, plain] = /^\s*url\s*=\s*(?:"([^"]*)"|([^;#]*))/i.exec(line) ?? [];
      const url = quoted ?? plain?.trim();
      if (url && remote === 'origin') return url;
      first ??= url;
    }
  }
  return first;
}

/** The branch in the text of `.git/HEAD`; undefined when it is a commit. */
export function parseHead(head: string): string | undefined {
  return /^ref:[ \t]*refs\/heads\/(.+)$/m.exec(head)?.[1]?.trim() || undefined;
}
