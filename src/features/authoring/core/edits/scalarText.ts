import { Scalar } from 'yaml';
import { isPlainScalar } from '../../../../platform/core/yaml';

export type ScalarStyle = Scalar.Type | undefined;

/**
 * A string as YAML, in the style of the scalar that it replaces where that style can hold it: plain
 * text that would be read as something else gets double quotes.
 */
export function scalarText(value: string, style: ScalarStyle): string {
  if (style === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  if (style === Scalar.QUOTE_SINGLE && /^[\x20-\x7e\u00a0-\ufefe]*$/.test(value)) {
    return `'${value.replaceAll("'", "''")}'`;
  }
  return isPlainScalar(value) ? value : JSON.stringify(value);
}
