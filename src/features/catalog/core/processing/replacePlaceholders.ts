import type { PlaceholderResult } from './placeholderResolution';
import type { PlaceholderContext } from './placeholders';

/** Replaces placeholders, for those who seldom meet one: with what does it comes the parser. */
export async function replacePlaceholders(
  value: unknown,
  context: PlaceholderContext,
): Promise<PlaceholderResult> {
  const { resolvePlaceholders } = await import('./placeholders');
  return resolvePlaceholders(value, context);
}
