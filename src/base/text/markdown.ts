/**
 * Text that Markdown shows as it is. Besides Markdown's own punctuation, `$` opens a codicon, `<` a
 * tag, `&` a character reference, and a bare `://`, `www.` or mail address would become a link.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@=^]/g, character => `&#${character.charCodeAt(0)};`);
}

/** What stands in a code span, which has no escapes: what would end it goes. */
export function codeText(text: string): string {
  return text.replace(/[`\s]+/g, ' ').trim();
}

/**
 * A URL as the target of a link: what could end it is percent-encoded. Which schemes a link may have is
 * for the caller to say.
 *
 * @throws TypeError for what is no URL
 */
export function linkTarget(url: string): string {
  return new URL(url).href.replace(
    /[()<>\s\\`*[\]|]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}
