import { SerialQueue, SizedCache, type Translate, raceAbort } from '../../../../base';
import type { ProgramResult, ProgramRun, ProgramRunner } from '../../../../platform/core/ports';

/** Programs that draw what docs say, by the names that `data-diagram` has. */
export type DiagramProgram = 'graphviz' | 'plantuml';

export interface DiagramRequest {
  readonly program: DiagramProgram;
  /** How Graphviz arranges: the name of one of its programs, where it is not `dot`. */
  readonly engine?: string | undefined;
  readonly source: string;
}

/** A command, and how it is told to draw. */
interface DiagramCommand {
  readonly program: string;
  readonly run: Pick<ProgramRun, 'args' | 'environment' | 'input'>;
}

const engines: ReadonlySet<string> = new Set(['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo']);

/** PlantUML can read files and addresses, and run programs, unless it is told not to. */
const sandbox = '-DPLANTUML_SECURITY_PROFILE=SANDBOX';
const javaOptions = ['-Djava.awt.headless=true', sandbox, '-Xmx512m'];

/** @param command - as the setting names it: a program, or the `.jar` of PlantUML */
function drawingCommand(command: string, request: DiagramRequest): DiagramCommand {
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
async function plantumlVersion(
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

const diagramNames: Readonly<Record<DiagramProgram, string>> = {
  graphviz: 'Graphviz',
  plantuml: 'PlantUML',
};

/** A Java has to start, on a machine that may be busy. */
const TIMEOUT = 20_000;
/** In bytes. */
const MAX_OUTPUT = 5_000_000;
/** In characters; nobody reads what is larger. */
const MAX_SOURCE = 100_000;
/** Programs at the same time. */
const AT_ONCE = 2;
/** Characters of drawings, and of what they were drawn from, that are kept. */
const MAX_KEPT = 20_000_000;

/** An SVG, or why there is none, for people. */
export type Drawing = { readonly svg: string } | { readonly reason: string };

export interface DiagramDrawerDeps {
  /** Undefined in a browser. */
  readonly programs: ProgramRunner | undefined;
  /** Whether the workspace may have programs run. */
  readonly mayRun: () => boolean;
  /** What settings say: the name or the path of a program; empty for none. */
  readonly commandOf: (program: DiagramProgram) => string;
  readonly translate: Translate;
}

/** Has programs of the machine draw the diagrams of docs. Nothing is sent anywhere. */
export class DiagramDrawer {
  #deps: DiagramDrawerDeps;
  /** By command and source. */
  #kept = new SizedCache<Drawing>(MAX_KEPT);
  /** Commands of PlantUML that are known to have a sandbox. */
  #sandboxed = new Set<string>();
  #lanes = Array.from({ length: AT_ONCE }, () => new SerialQueue());

  constructor(deps: DiagramDrawerDeps) {
    this.#deps = deps;
  }

  /** @throws AbortError when the signal is aborted */
  async draw(request: DiagramRequest, signal: AbortSignal): Promise<Drawing> {
    const { programs, mayRun, commandOf, translate } = this.#deps;
    const name = diagramNames[request.program];
    const setting = `callboard.docs.${request.program}`;
    if (!programs) {
      return { reason: translate('{0} draws this; a browser cannot run it.', name) };
    }
    if (!mayRun()) {
      return { reason: translate('{0} draws this once you trust the workspace.', name) };
    }
    const command = commandOf(request.program);
    if (command === '') {
      return { reason: translate('{0} is switched off by the setting {1}.', name, setting) };
    }
    if (!isProgram(command)) {
      return { reason: translate('The setting {0} must be a name or an absolute path.', setting) };
    }
    if (request.source.length > MAX_SOURCE) {
      return { reason: translate('This diagram is too long to be drawn.') };
    }
    const key = [request.program, command, request.engine ?? '', request.source].join('\0');
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const lane = this.#lanes.reduce((one, other) => (other.size < one.size ? other : one));
    const drawn = lane.run(async () => {
      // Somebody else may have asked for the same meanwhile.
      const known = this.#kept.get(key);
      if (known) return known;
      const { drawing, isFinal } = await this.#run(programs, command, request, signal);
      if (isFinal) this.#kept.set(key, drawing, key.length + sizeOf(drawing));
      return drawing;
    }, signal);
    return raceAbort(drawn, signal);
  }

  /** A final drawing comes out the same as long as the program does. */
  async #run(
    programs: ProgramRunner,
    command: string,
    request: DiagramRequest,
    signal: AbortSignal,
  ): Promise<{ readonly drawing: Drawing; readonly isFinal: boolean }> {
    const limits = { timeout: TIMEOUT, maxOutput: MAX_OUTPUT, signal };
    if (request.program === 'plantuml' && !this.#sandboxed.has(command)) {
      const version = await plantumlVersion(command, { programs, ...limits });
      if (!version) return { drawing: this.#missing('plantuml'), isFinal: false };
      if (!version.hasSandbox) {
        const reason = this.#deps.translate(
          'PlantUML {0} has no sandbox: it could read files and addresses for what docs say. Version 1.2020.11 or newer draws this.',
          version.version,
        );
        return { drawing: { reason }, isFinal: false };
      }
      this.#sandboxed.add(command);
    }
    const { program, run } = drawingCommand(command, request);
    const result = await programs.run(program, { ...run, ...limits });
    return { drawing: this.#drawingOf(result, request.program), isFinal: result.type === 'ended' };
  }

  #drawingOf(result: ProgramResult, program: DiagramProgram): Drawing {
    const { translate } = this.#deps;
    const name = diagramNames[program];
    switch (result.type) {
      case 'missing':
        return this.#missing(program);
      case 'timeout':
        return {
          reason: translate('{0} took more than {1} seconds.', name, String(TIMEOUT / 1000)),
        };
      case 'excess':
        return { reason: translate('What {0} drew is too large to be shown.', name) };
      case 'ended': {
        const svg = result.code === 0 ? firstSvg(result.output) : undefined;
        if (svg !== undefined) return { svg };
        const complaint = complaintOf(result.errors);
        return {
          reason:
            complaint === ''
              ? translate('{0} could not draw this.', name)
              : translate('{0} could not draw this: {1}', name, complaint),
        };
      }
    }
  }

  #missing(program: DiagramProgram): Drawing {
    const name = diagramNames[program];
    const setting = `callboard.docs.${program}`;
    const { translate } = this.#deps;
    return {
      reason: translate(
        '{0} draws this where it is installed; the setting {1} says where.',
        name,
        setting,
      ),
    };
  }
}

const sizeOf = (drawing: Drawing): number =>
  ('svg' in drawing ? drawing.svg : drawing.reason).length;

/** Paths that are no absolute ones depend on a folder. */
const isProgram = (command: string): boolean =>
  !/[\\/]/.test(command) || /^(?:\/|[a-z]:[\\/]|\\\\)/i.test(command);

/** Of a source with several diagrams, the first. */
function firstSvg(output: string): string | undefined {
  const from = output.indexOf('<svg');
  if (from === -1 || !/^\s*(?:<\?xml|<!--|<!DOCTYPE|<svg)/.test(output)) return undefined;
  const next = output.indexOf('<?xml ', from);
  return next === -1 ? output.slice(from) : output.slice(from, next);
}

/** What Java says of itself, and what PlantUML says for programs. */
const noise = /^(?:Picked up .*|ERROR|\d+|Some diagram description contains errors)?$/;

function complaintOf(errors: string): string {
  const said = errors
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => !noise.test(line));
  return said.slice(0, 3).join(' · ').slice(0, 300);
}
