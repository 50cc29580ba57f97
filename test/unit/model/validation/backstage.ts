import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  domainEntityV1alpha1Validator,
  type Entity,
  EntityPolicies,
  entityEnvelopeSchemaValidator,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  stringifyEntityRef,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import {
  aiResourceEntityV1alpha1Validator,
  isAiResourceEntity,
  isMarketplaceAiResourceEntity,
  isPluginAiResourceEntity,
  isRuleAiResourceEntity,
  isSkillAiResourceEntity,
  marketplaceAiResourceEntityV1alpha1Validator,
  mcpServerApiEntityValidator,
  pluginAiResourceEntityV1alpha1Validator,
  ruleAiResourceEntityV1alpha1Validator,
  skillAiResourceEntityV1alpha1Validator,
} from '@backstage/catalog-model/alpha';
import { templateEntityV1beta3Validator } from '@backstage/plugin-scaffolder-common';

/*
 * The oracle: Backstage's own validators, strung together as its server does it
 * (DefaultCatalogProcessingOrchestrator and CatalogBuilder of plugins/catalog-backend).
 */

/** First error, if any. */
export type Verdict = { stage: string; message: string } | undefined;

export interface BackstageOptions {
  aiModel: boolean;
}

interface KindValidator {
  check(entity: Entity): Promise<boolean>;
}

const validateEnvelope = entityEnvelopeSchemaValidator();

const policies = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

const stableValidators: KindValidator[] = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  templateEntityV1beta3Validator,
];

export async function backstageVerdict(
  value: unknown,
  options: BackstageOptions,
): Promise<Verdict> {
  // lodash's isPlainObject, for values of documents.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { stage: 'envelope', message: `Expected object at root, got ${typeof value}` };
  }
  let entity = structuredClone(value) as Entity;
  try {
    validateEnvelope(entity);
  } catch (error) {
    return { stage: 'envelope', message: messageOf(error) };
  }
  const annotations = entity.metadata.annotations || {};
  if (typeof annotations !== 'object' || Array.isArray(annotations)) {
    return { stage: 'envelope', message: 'metadata.annotations must be a valid object' };
  }
  try {
    entity = (await policies.enforce(entity)) ?? entity;
  } catch (error) {
    return { stage: 'policy', message: messageOf(error) };
  }
  let valid = false;
  try {
    for (const validator of validatorsFor(entity, options)) valid ||= await validator.check(entity);
  } catch (error) {
    return { stage: 'kind', message: messageOf(error) };
  }
  if (valid) return undefined;
  return {
    stage: 'unknown-kind',
    message: `No processor recognized the entity ${stringifyEntityRef(entity)} as valid, possibly caused by a foreign kind or apiVersion`,
  };
}

/** With the model for AI, a type with its own schema is validated by that one only. */
function validatorsFor(entity: Entity, { aiModel }: BackstageOptions): KindValidator[] {
  if (!aiModel) return stableValidators;
  if (isSkillAiResourceEntity(entity)) return [skillAiResourceEntityV1alpha1Validator];
  if (isRuleAiResourceEntity(entity)) return [ruleAiResourceEntityV1alpha1Validator];
  if (isPluginAiResourceEntity(entity)) return [pluginAiResourceEntityV1alpha1Validator];
  if (isMarketplaceAiResourceEntity(entity)) return [marketplaceAiResourceEntityV1alpha1Validator];
  if (isAiResourceEntity(entity)) return [aiResourceEntityV1alpha1Validator];
  if (entity.kind === 'API' && entity.spec?.['type'] === 'mcp-server') {
    return [mcpServerApiEntityValidator];
  }
  return stableValidators;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
