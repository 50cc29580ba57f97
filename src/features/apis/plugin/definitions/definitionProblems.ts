import type { Problem } from '../../../../api';
import { EMPTY_RANGE, LineIndex, type Translate } from '../../../../base';
import { definitionSeverities } from '../outline/outline';
import type { ApiDefinition } from './apiDefinitions';

/**
 * What is wrong with a definition, where it is written. Where that is no more exact than the definition as a
 * whole, they say the line in it.
 */
export function definitionProblems(
  { outline, text }: ApiDefinition,
  translate: Translate,
): readonly Problem[] {
  if (!outline?.problems.length) return [];
  const lines = new LineIndex(text ?? '');
  return outline.problems.map(
    ({ code, severity = definitionSeverities[code], message, place }): Problem => {
      const { file, range: whole } = outline.locate(place);
      const exact = outline.rangeOf(place);
      const line = lines.positionAt(place.start).line + 1;
      return {
        code,
        severity,
        document: undefined,
        file: file || undefined,
        message: exact ? message : translate('Line {0} of the definition: {1}', line, message),
        // Of a whole definition, its beginning: all of it would be underlined.
        range: exact ?? (whole ? { start: whole.start, end: whole.start } : EMPTY_RANGE),
      };
    },
  );
}
