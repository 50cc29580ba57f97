import { isRecord } from '../../../../base';

/** What stands in a Template to find it by. */
export interface TemplateWords {
  /** Names and values of parameters, and actions. */
  readonly words: readonly string[];
  /** What the form says, and what steps are called. */
  readonly texts: readonly string[];
}

/** A Template is written by anybody: what goes on is not looked at. */
const MAX_SCHEMAS = 2000;
const MAX_DEPTH = 32;
const MAX_WORDS = 200;
const MAX_WORD = 100;
const MAX_TEXT = 8000;

/** Keywords of a JSON schema that say something to people. */
const TEXTS = ['title', 'description', 'ui:help', 'ui:description', 'ui:placeholder'];
/** Keywords that hold a schema, or a list of them. */
const SCHEMAS = ['items', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else'];
/** Keywords that hold schemas by names of parameters. */
const MAPS = ['properties', 'dependencies', 'dependentSchemas'];

/** @param spec - of a Template; anything, where its author is still at it */
export function templateWords(spec: unknown): TemplateWords {
  const words = new Set<string>();
  const texts: string[] = [];
  if (!isRecord(spec)) return { words: [], texts };
  const seen = new Set<unknown>();
  let room = MAX_TEXT;
  const addTexts = (values: readonly unknown[]): void => {
    for (const value of values) {
      if (typeof value !== 'string' || room <= 0) continue;
      const text = value.trim().slice(0, room);
      if (text !== '') texts.push(text);
      room -= text.length;
    }
  };
  const addWords = (values: readonly unknown[]): void => {
    for (const value of values) {
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const word = String(value);
      if (words.size < MAX_WORDS && word !== '' && word.length <= MAX_WORD) words.add(word);
    }
  };
  const visit = (schema: unknown, depth: number): void => {
    if (Array.isArray(schema)) for (const one of schema) visit(one, depth + 1);
    // What aliases repeat is looked at once.
    if (!isRecord(schema) || seen.has(schema) || seen.size >= MAX_SCHEMAS) return;
    if (depth > MAX_DEPTH) return;
    seen.add(schema);
    addTexts(TEXTS.map(key => schema[key]));
    addWords(listOf(schema['enum']));
    addTexts(listOf(schema['enumNames']));
    for (const key of SCHEMAS) visit(schema[key], depth + 1);
    for (const key of MAPS) {
      const schemas = schema[key];
      if (!isRecord(schemas)) continue;
      addWords(Object.keys(schemas));
      for (const one of Object.values(schemas)) visit(one, depth + 1);
    }
  };
  visit(spec['parameters'], 0);
  for (const step of listOf(spec['steps'])) {
    if (!isRecord(step)) continue;
    addTexts([step['name']]);
    addWords([step['action']]);
  }
  return { words: [...words], texts };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MAX_SCHEMAS) : [];
}
