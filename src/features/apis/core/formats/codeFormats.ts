import type { ApiOutline, OutlineContext } from '../outline/outline';
import { outlineTrpc } from './otherDocuments';
import { outlineProtobuf } from './protobuf';

type CodeOutliner = (text: string, context: OutlineContext) => Generator<void, ApiOutline>;

/**
 * Returns the outliner of a definition in its own language, by its type or its content; undefined for YAML and JSON.
 */
export async function codeOutliner(type: string, text: string): Promise<CodeOutliner | undefined> {
  if (/^\s*\{/.test(text)) return undefined;
  const start = text.slice(0, 10_000);
  if (
    type === 'graphql' ||
    (type !== 'openapi' && /^\s*(extend\s+)?(type|schema|interface|input)\b[^:]*\{/.test(start))
  ) {
    return (await import('./graphql')).outlineGraphQl;
  }
  if (type === 'grpc' || /^[ \t]*syntax\s*=\s*["']proto/m.test(start)) return outlineProtobuf;
  if (type === 'trpc') return outlineTrpc;
  return undefined;
}
