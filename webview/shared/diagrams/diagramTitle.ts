/** Returns the title in a diagram's source, or its first line. */
export function diagramTitle(source: string): string {
  const lines = source.split('\n').map(line => line.trim());
  for (const line of lines) {
    const title = /^(?:accTitle|title)(?:\s*:)?\s+(\S.*)$/s.exec(line)?.[1];
    if (title !== undefined) return title;
  }
  return lines.find(line => line !== '' && !line.startsWith('@start')) ?? '';
}
