import type { Family } from '../attack';
import { protocolFamilies } from './protocols';
import { syntaxFamilies } from './syntax';

export const families: readonly Family[] = [...syntaxFamilies, ...protocolFamilies];
