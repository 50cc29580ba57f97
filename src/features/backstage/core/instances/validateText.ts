import type { DescriptorObjection, DescriptorValidation } from '../../../../api';
import { isRecord } from '../../../../base';
import type { Entity, JsonValue } from '../../../../model';
import {
  KindRegistry,
  readSchemaIssue,
  validateEntity,
  validateEnvelope,
} from '../../../../model/validation';
import { parseYamlDocuments, type YamlDocument } from '../../../catalog/core/shared';

export interface ValidateTextDeps {
  /** Validates an entity on the server. Returns sentences about problems. */
  readonly validate: (entity: Entity) => Promise<readonly string[]>;
}

const KINDS = KindRegistry.builtin();

type Path = readonly (string | number)[];

/** Maximum characters of a message. */
const MAX_MESSAGE = 2000;

/** Validates each entity of a text on a server, and locates the reported problems. */
export async function validateText(
  text: string,
  { validate }: ValidateTextDeps,
): Promise<DescriptorValidation> {
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

/** Returns undefined for documents other than objects, which the server doesn't accept. */
function entityOf({ faults, value }: YamlDocument): Entity | undefined {
  if (faults.length > 0 || !isRecord(value)) return undefined;
  // The server reports other problems of it.
  return value as unknown as Entity;
}

function objection(message: string, document: YamlDocument, entity: Entity): DescriptorObjection {
  const { path, at } = placeOf(message, entity);
  const shown = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message;
  return { message: shown, range: document.locate(path, at) };
}

/**
 * Locates the field that a message is about. Nearly all messages are of Backstage's own rules, which are
 * implemented here with positions; others come from schemas of custom kinds and from processors.
 */
function placeOf(message: string, entity: Entity): { path: Path; at: 'key' | 'value' } {
  const own = validateEntity(entity, { kinds: KINDS });
  const same = own.find(issue => message.includes(issue.message));
  if (same) return same;
  // Matches the innermost cause: `Processor X threw an error while validating …; caused by TypeError: …`
  const reason = message.slice(message.lastIndexOf('; caused by ')).replace(/^; [^:]*: /, '');
  const issue = readSchemaIssue(reason, entity);
  if (issue) return issue;
  const [, quoted] = /"([^"]+)"/.exec(reason) ?? [];
  const mentioned = quoted === undefined ? undefined : pathOfText(entity.spec, quoted, ['spec']);
  if (mentioned) return { path: mentioned, at: 'value' };
  const isNamed = validateEnvelope(entity).length === 0;
  return { path: isNamed ? ['metadata', 'name'] : [], at: 'value' };
}

/** Returns the path of a text in a value. */
function pathOfText(value: JsonValue | undefined, text: string, path: Path): Path | undefined {
  if (value === text) return path;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = pathOfText(item, text, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}
