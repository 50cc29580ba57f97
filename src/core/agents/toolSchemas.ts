import * as z from 'zod/mini';
import type { JsonObject } from '../../model';
import type { AgentTool } from './types';

/** A schema of an object, as JSON Schema has it. */
export type ObjectSchema = JsonObject & { readonly type: 'object' };

export interface ToolSchemas {
  readonly inputSchema: ObjectSchema;
  readonly outputSchema: ObjectSchema;
}

/** What a tool takes and gives, for those who have it from nowhere else: the editor has it from the manifest. */
export function toolSchemas({ input, output }: AgentTool): ToolSchemas {
  return { inputSchema: schemaOf(input, 'input'), outputSchema: schemaOf(output, 'output') };
}

function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): ObjectSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io });
  return json as unknown as ObjectSchema;
}
