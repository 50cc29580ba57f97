import ts from 'typescript';

/**
 * A rule against tables that are read by a text: `TABLE[text]` of an object also gives what its prototype
 * has, such as `constructor`.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const noStringKeys = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      table:
        'Read the table by ownValue of base, or make it a Map: any object has a constructor, toString and more.',
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    const checker = services.program.getTypeChecker();
    return {
      /** @param {any} node */
      'MemberExpression[computed=true]'({ object, property, parent }) {
        if (object.type !== 'Identifier' || isWritten(parent, object)) return;
        if (!isTable(definitionOf(context.sourceCode.getScope(object), object.name))) return;
        const table = services.getTypeAtLocation(object);
        if (checker.isArrayLikeType(table) || !table.getStringIndexType()) return;
        if (!isAnyText(services.getTypeAtLocation(property))) return;
        context.report({ node: object, messageId: 'table' });
      },
    };
  },
};

/** @param {any} parent @param {any} object */
function isWritten(parent, object) {
  return parent.type === 'AssignmentExpression' && parent.left.object === object;
}

/** @param {any} scope @param {string} name */
function definitionOf(scope, name) {
  for (let at = scope; at; at = at.upper) {
    const variable = at.set.get(name);
    if (variable) return variable.defs[0];
  }
  return undefined;
}

/** Whether a name stands for an object that is written in the code, here or where it is imported from. @param {any} definition */
function isTable(definition) {
  if (definition?.type === 'ImportBinding') return true;
  if (definition?.type !== 'Variable' || definition.parent.kind !== 'const') return false;
  let { init } = definition.node;
  while (/^TS(?:As|Satisfies)Expression$/.test(init?.type)) init = init.expression;
  if (init?.type === 'ObjectExpression') {
    return init.properties.some((/** @type {any} */ property) => property.type === 'Property');
  }
  return /^Object\.fromEntries$/.test(textOf(init?.callee));
}

/** @param {any} node */
function textOf(node) {
  return node?.type === 'MemberExpression' ? `${node.object.name}.${node.property.name}` : '';
}

/** Whether a type has texts that the code does not name. @param {ts.Type} type @returns {boolean} */
function isAnyText(type) {
  if (type.isUnion()) return type.types.some(isAnyText);
  return (
    (type.flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral | ts.TypeFlags.Any)) !== 0
  );
}
