import type { CommitRequest, GitAuthor } from '../../../../platform/core/ports';

/** A commit as `git fast-import` reads it: whatever stands in a name or a message is data in it. */
export function commitStream(
  { branch, files, removed = [], message }: CommitRequest,
  { author, parent, time }: { author: GitAuthor; parent: string | undefined; time: Date },
): Buffer {
  const parts: (string | Uint8Array)[] = [];
  const data = (content: Uint8Array): void => {
    parts.push(`data ${content.length}\n`, content, '\n');
  };
  const person = `${clean(author.name)} <${clean(author.email)}> ${stamp(time)}`;
  parts.push(`commit refs/heads/${branch}\nauthor ${person}\ncommitter ${person}\n`);
  data(Buffer.from(`${message.replaceAll('\0', '').trimEnd()}\n`));
  if (parent !== undefined) parts.push(`from ${parent}\n`);
  for (const path of removed) parts.push(`D ${quoted(path)}\n`);
  for (const { path, content, isExecutable } of files) {
    parts.push(`M ${isExecutable ? '100755' : '100644'} inline ${quoted(path)}\n`);
    data(content);
  }
  parts.push('done\n');
  return Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** As git itself leaves out of a name what would end it. */
function clean(text: string): string {
  return text.replace(/[<>\p{Cc}]/gu, '').trim();
}

/** As a text of C. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n')}"`;
}

function stamp(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const zone = Math.floor(Math.abs(minutes) / 60) * 100 + (Math.abs(minutes) % 60);
  const sign = minutes < 0 ? '-' : '+';
  return `${Math.floor(time.getTime() / 1_000)} ${sign}${String(zone).padStart(4, '0')}`;
}
