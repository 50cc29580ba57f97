/**
 * Escapes untrusted text for an editor message, where `[label](command:…)` would be a link that runs the command. An
 * invisible character separates the brackets.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}

/** Escapes untrusted text for a quick pick or code lens, where `$(name)` would be an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
