import type { ProgramRun, ProgramRunner } from '../../../../platform/core/ports';

/** Programs that draw what docs say, by the names that `data-diagram` has. */
export type DiagramProgram = 'graphviz' | 'plantuml';

export interface DiagramRequest {
  readonly program: DiagramProgram;
  /** How Graphviz arranges: the name of one of its programs, where it is not `dot`. */
  readonly engine?: string | undefined;
  readonly source: string;
}

/** A command, and how it is told to draw. */
export interface DiagramCommand {
  readonly program: string;
  readonly run: Pick<ProgramRun, 'args' | 'environment' | 'input'>;
}

const engines: ReadonlySet<string> = new Set(['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo']);

/** PlantUML can read files and addresses, and run programs, unless it is told not to. */
const sandbox = '-DPLANTUML_SECURITY_PROFILE=SANDBOX';
const javaOptions = ['-Djava.awt.headless=true', sandbox, '-Xmx512m'];

/** @param command - as the setting names it: a program, or the `.jar` of PlantUML */
export function drawingCommand(command: string, request: DiagramRequest): DiagramCommand {
  const { engine = 'dot', program, source } = request;
  if (program === 'plantuml') {
    const { program: java, run } = plantuml(command, ['-tsvg', '-pipe', '-charset', 'UTF-8']);
    return { program: java, run: { ...run, input: wholeDiagram(source) } };
  }
  return {
    program: command,
    run: {
      args: ['-Tsvg', `-K${engines.has(engine) ? engine : 'dot'}`],
      // As on a server: pictures that a graph names are not looked for on the disk.
      environment: { SERVER_NAME: 'callboard', GV_FILE_PATH: '' },
      input: source,
    },
  };
}

/** Older ones have no sandbox, and would run without. */
const FIRST_WITH_SANDBOX = [1, 2020, 11];

/**
 * The version of PlantUML, and whether it knows the sandbox; undefined for what is no PlantUML.
 *
 * @throws AbortError when the signal is aborted
 */
export async function plantumlVersion(
  command: string,
  {
    programs,
    ...limits
  }: Pick<ProgramRun, 'timeout' | 'maxOutput' | 'signal'> & {
    readonly programs: ProgramRunner;
  },
): Promise<{ readonly version: string; readonly hasSandbox: boolean } | undefined> {
  const { program, run } = plantuml(command, ['-version']);
  const result = await programs.run(program, { ...run, ...limits });
  if (result.type !== 'ended') return undefined;
  const found = /PlantUML version (\d+)\.(\d+)(?:\.(\d+))?/.exec(result.output);
  if (!found) return undefined;
  const numbers = found.slice(1).map(part => Number(part ?? 0));
  const at = numbers.findIndex((number, index) => number !== FIRST_WITH_SANDBOX[index]);
  const hasSandbox = at === -1 || (numbers[at] ?? 0) > (FIRST_WITH_SANDBOX[at] ?? 0);
  return { version: found[0].slice('PlantUML version '.length), hasSandbox };
}

function plantuml(command: string, args: readonly string[]): DiagramCommand {
  const isJar = /\.jar$/i.test(command);
  return {
    program: isJar ? 'java' : command,
    run: {
      args: isJar ? [...javaOptions, '-jar', command, ...args] : args,
      // What starts it may be a script, which has options of its own: a Java of any kind listens to these.
      environment: {
        PLANTUML_SECURITY_PROFILE: 'SANDBOX',
        JAVA_TOOL_OPTIONS: javaOptions.join(' '),
      },
      input: '',
    },
  };
}

/** As the extension of Python-Markdown does it: what has no beginning and end is a diagram of UML. */
function wholeDiagram(source: string): string {
  return /^[^\S\r\n]*@start/m.test(source) ? source : `@startuml\n${source}\n@enduml\n`;
}
