import { readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { format } from 'oxfmt';
import { inProject } from './project.mjs';

/**
 * Formats a generated file as the check of formats expects.
 *
 * @param {string} path relative to the project's root
 * @param {string} text
 * @throws Error with the syntax error of the text
 */
export async function formatted(path, text) {
  const options = parse(readFileSync(inProject('.oxfmtrc.json'), 'utf8'));
  const { code, errors } = await format(path, text, options);
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`);
  return code;
}
