/**
 * Escapes text for Markdown. Besides Markdown's punctuation, `$` starts a codicon, `<` a tag, `&` a
 * character reference, and a bare `://`, `www.` or mail address would become a link.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@=^]/g, character => `&#${character.charCodeAt(0)};`);
}

/** Prepares text for a code span, which has no escapes: backticks become spaces. */
export function codeText(text: string): string {
  return text.replace(/[`\s]+/g, ' ').trim();
}

/**
 * Formats a URL as a link target, percent-encoding characters that would end it. Callers check the
 * scheme.
 *
 * @throws TypeError for an invalid URL
 */
export function linkTarget(url: string): string {
  return new URL(url).href.replace(
    /[()<>\s\\`*[\]|]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
