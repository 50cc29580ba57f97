import { type CompoundEntityRef, DEFAULT_NAMESPACE } from '../../../../../model';
import { validateEntity } from '../../../../../model/validation';
import { applyOffsetEdits, setField } from '../../../core/edits';
import { kindSnippets } from '../../completion/snippets/kindSnippets';
import { shortRefTo, snippetFacts } from '../../completion/snippets/snippetFacts';
import { plainOrQuoted, snippetText } from '../../completion/yamlScalars';
import { YamlPart } from '../../documents/yamlPart';
import type { TextRequest } from '../../languageProvider';

/**
 * A descriptor of an entity that is not there yet, as it stands near a text; undefined where none could
 * be written that is valid: of a kind that is not known, or for a name that no entity can have.
 *
 * @param target - its kind in any letter case
 * @param owner - a full ref; undefined: whoever owns most of what is near
 */
export async function newDescriptor(
  request: TextRequest,
  target: CompoundEntityRef,
  owner: string | undefined,
): Promise<string | undefined> {
  const { catalog } = request.context;
  const { kind, namespace, name } = target;
  const facts = await snippetFacts(request, namespace);
  const owners =
    owner !== undefined && catalog.has(owner)
      ? [
          plainOrQuoted(
            shortRefTo(owner, catalog, { defaultKind: 'Group', defaultNamespace: namespace }),
          ),
        ]
      : facts.owners;
  const snippet = kindSnippets(catalog.kinds, {
    ...facts,
    owners,
    name: () => plainOrQuoted(name),
    // What defines the APIs that are there already defines no other.
    definitions: new Map(),
  }).find(candidate => candidate.kind.toLowerCase() === kind.toLowerCase());
  if (!snippet) return undefined;
  const text = snippetText(`apiVersion: ${snippet.apiVersion}\n${snippet.body}`);
  const written = namespace === DEFAULT_NAMESPACE ? text : inNamespace(text, namespace);
  if (written === undefined) return undefined;
  const issues = validateEntity(new YamlPart(written).value, { kinds: catalog.kinds });
  return issues.length ? undefined : written;
}

function inNamespace(text: string, namespace: string): string | undefined {
  const edit = setField(text, { document: 0, path: ['metadata', 'namespace'], value: namespace });
  return edit.ok && edit.value ? applyOffsetEdits(text, [edit.value]) : undefined;
}
