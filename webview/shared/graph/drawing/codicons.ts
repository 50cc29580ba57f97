const glyphs = new Map<string, string>();

/** The character of a codicon in its font, as its style sheet says. */
export function codiconGlyph(name: string): string {
  let glyph = glyphs.get(name);
  if (glyph === undefined) {
    const probe = document.createElement('span');
    probe.className = `codicon codicon-${name}`;
    probe.hidden = true;
    document.body.append(probe);
    const { content } = getComputedStyle(probe, '::before');
    probe.remove();
    glyph = content.startsWith('"') ? content.slice(1, -1) : '';
    glyphs.set(name, glyph);
  }
  return glyph;
}
