/**
 * Text of unknown origin for a message of the editor, which makes `[label](command:…)` a link that
 * runs the command. An invisible character keeps the brackets apart.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u200b(');
}

/** Text of unknown origin for a pick or a lens, which would show `$(name)` as an icon. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}
