import type { DescriptorObjection, DescriptorVerdict } from '../../../../api';
import { isRecord } from '../../../../base';
import type { Entity, JsonValue } from '../../../../model';
import {
  KindRegistry,
  readSchemaIssue,
  validateEntity,
  validateEnvelope,
} from '../../../../model/validation';
import { parseYamlDocuments, type YamlDocument } from '../../../catalog/core/withoutEngine';

export interface ValidateTextDeps {
  /** What the server says of an entity, in sentences. */
  readonly validate: (entity: Entity) => Promise<readonly string[]>;
}

const KINDS = KindRegistry.builtin();

type Path = readonly (string | number)[];

/** Longer sentences are cut: what a server says is shown as it is. */
const MAX_MESSAGE = 2000;

/** Asks a server about each entity of a text, and finds the places that it means. */
export async function validateText(
  text: string,
  { validate }: ValidateTextDeps,
): Promise<DescriptorVerdict> {
  const documents = parseYamlDocuments(text).filter(({ isEmpty }) => !isEmpty);
  const askable = documents.flatMap(document => {
    const entity = entityOf(document);
    return entity ? [{ document, entity }] : [];
  });
  const answers = await Promise.all(
    askable.map(async ({ document, entity }) =>
      (await validate(entity)).map(message => objection(message, document, entity)),
    ),
  );
  return {
    entities: askable.length,
    unreadable: documents.length - askable.length,
    objections: answers.flat(),
  };
}

/** Undefined for what is no object: a server takes nothing else to judge. */
function entityOf({ faults, value }: YamlDocument): Entity | undefined {
  if (faults.length > 0 || !isRecord(value)) return undefined;
  // Whatever else is wrong with it is for the server to say.
  return value as unknown as Entity;
}

function objection(message: string, document: YamlDocument, entity: Entity): DescriptorObjection {
  const { path, at } = placeOf(message, entity);
  const shown = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return { message: shown, range: document.locate(path, at) };
}

/**
 * The field that a sentence of a server is about. Nearly all of them are those of Backstage's own rules, which we have,
 * too, with their places; what is left are schemas of an instance's own kinds, and what its processors say.
 */
function placeOf(message: string, entity: Entity): { path: Path; at: 'key' | 'value' } {
  const own = validateEntity(entity, { kinds: KINDS });
  const same = own.find(issue => message.includes(issue.message));
  if (same) return same;
  // What is wrapped around a reason: `Processor X threw an error while validating …; caused by TypeError: …`
  const reason = message.slice(message.lastIndexOf('; caused by ')).replace(/^; [^:]*: /, '');
  const issue = readSchemaIssue(reason, entity);
  if (issue) return issue;
  const [, quoted] = /"([^"]+)"/.exec(reason) ?? [];
  const mentioned = quoted === undefined ? undefined : pathOfText(entity.spec, quoted, ['spec']);
  if (mentioned) return { path: mentioned, at: 'value' };
  const isNamed = validateEnvelope(entity).length === 0;
  return { path: isNamed ? ['metadata', 'name'] : [], at: 'value' };
}

/** Where a text stands in a value, which was parsed and is not deep. */
function pathOfText(value: JsonValue | undefined, text: string, path: Path): Path | undefined {
  if (value === text) return path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = pathOfText(item, text, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}
