import type { LanguageProvider } from '../language';

/** What the server knows to do, in the order in which answers are put together. */
export const languageProviders: readonly LanguageProvider[] = [];
