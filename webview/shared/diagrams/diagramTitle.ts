/** What a diagram is called: as its source says, or by the first line of that. */
export function diagramTitle(source: string): string {
  const lines = source.split('\n').map(line => line.trim());
  for (const line of lines) {
    const title = /^(?:accTitle|title)(?:\s*:)?\s+(\S.*)$/s.exec(line)?.[1];
    if (title !== undefined) return title;
  }
  return lines.find(line => line !== '' && !line.startsWith('@start')) ?? '';
}
