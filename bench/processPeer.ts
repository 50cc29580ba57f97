import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  DefaultNamespaceEntityPolicy,
  type Entity,
  EntityPolicies,
  FieldFormatEntityPolicy,
  groupEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  NoForeignRootFieldsEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';
import { textsBelow } from './processTexts';

/*
 * The peer of `callboard validate`: parses the same documents with Backstage's parser and validates them with
 * Backstage's validators. It checks no references and no API definitions, and reports no positions.
 */

const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new DefaultNamespaceEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const validators = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  domainEntityV1alpha1Validator,
  groupEntityV1alpha1Validator,
  locationEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
  userEntityV1alpha1Validator,
];

async function isValid(entity: Entity): Promise<boolean> {
  try {
    await policy.enforce(entity);
    for (const { check } of validators) if (await check(entity)) return true;
  } catch {
    // Refused by a policy or a validator.
  }
  return false;
}

async function main(): Promise<void> {
  let valid = 0;
  for (const text of textsBelow(process.argv[2] ?? '.')) {
    for (const document of parseAllDocuments(text)) {
      if (await isValid(document.toJS() as Entity)) valid++;
    }
  }
  console.log(valid);
}

void main();
