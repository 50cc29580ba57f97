import type { TemplateFile, TemplateRunResult } from '../../../../../api';
import { isRecord } from '../../../../../base';
import { readEvent } from './taskEvents';
import { readObject, readSteps } from './templateAnswers';

/** Maximum number of files and log lines of an answer. */
const MOST = 20_000;

/** Reads the result of a dry run; undefined for an invalid answer. */
export function readDryRun(value: unknown): TemplateRunResult | undefined {
  if (!isRecord(value)) return undefined;
  const { log, directoryContents, output, steps } = value;
  if (!Array.isArray(log) || !Array.isArray(directoryContents)) return undefined;
  const events = log.slice(0, MOST).flatMap((item: unknown) => {
    const body = isRecord(item) ? item['body'] : undefined;
    return readEvent({ id: 0, type: 'log', body })?.event ?? [];
  });
  return {
    status: 'completed',
    steps: readSteps(steps).map(step => {
      const own = events.filter(({ stepId }) => stepId === step.id);
      const status = own.findLast(line => line.status !== undefined)?.status ?? 'skipped';
      return { ...step, status, log: own.map(({ message }) => message), output: {} };
    }),
    output: readObject(output) ?? {},
    files: directoryContents.slice(0, MOST).flatMap((file: unknown) => readFile(file) ?? []),
  };
}

function readFile(value: unknown): TemplateFile | undefined {
  if (!isRecord(value)) return undefined;
  const { path, base64Content, executable } = value;
  if (typeof path !== 'string' || typeof base64Content !== 'string' || !isInside(path)) {
    return undefined;
  }
  const content = bytesOf(base64Content);
  return content && { path, content, isExecutable: executable === true };
}

/** Whether a path stays inside the output folder. */
function isInside(path: string): boolean {
  const segments = path.split('/');
  return !/[\p{Cc}\\]/u.test(path) && !segments.some(one => ['', '.', '..'].includes(one));
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    // Not base64: the caller reports the file.
    return undefined;
  }
}
