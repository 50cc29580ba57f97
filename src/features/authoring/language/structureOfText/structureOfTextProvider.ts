import type { SelectionRange } from 'vscode-languageserver-types';
import type { LanguageProvider } from '../languageProvider';
import { foldingRanges } from './foldingRanges';
import { refTokens } from './refTokens';
import { selectionRange } from './selectionRange';

/** What a text consists of: for folding, for selecting more and more, and for colours. */
export const structureOfTextProvider: LanguageProvider = {
  foldingRanges,

  selectionRange({ context, text, offset }): SelectionRange {
    return selectionRange(text, offset, context.catalog.kinds);
  },

  semanticTokens: refTokens,
};
