import { SerialQueue, SizedCache, type Translate, raceAbort } from '../../../../base';
import type { ProgramResult, ProgramRun, ProgramRunner } from '../../../../platform/core/ports';

/** Programs that render diagrams, by their value of `data-diagram`. */
export type DiagramProgram = 'graphviz' | 'plantuml';

export interface DiagramRequest {
  readonly program: DiagramProgram;
  /** Graphviz layout engine, if it isn't `dot`. */
  readonly engine?: string | undefined;
  readonly source: string;
}

/** Command line that renders a diagram. */
interface DiagramCommand {
  readonly program: string;
  readonly run: Pick<ProgramRun, 'args' | 'environment' | 'input'>;
}

const engines: ReadonlySet<string> = new Set(['dot', 'neato', 'fdp', 'sfdp', 'twopi', 'circo']);

/** Without the sandbox, PlantUML can read files and addresses, and run programs. */
const sandbox = '-DPLANTUML_SECURITY_PROFILE=SANDBOX';
const javaOptions = ['-Djava.awt.headless=true', sandbox, '-Xmx512m'];

/** @param command - value of the setting: a program, or the `.jar` of PlantUML */
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
      // Graphviz' server mode doesn't load images from the disk.
      environment: { SERVER_NAME: 'callboard', GV_FILE_PATH: '' },
      input: source,
    },
  };
}

/** Older versions ignore the sandbox setting. */
const FIRST_WITH_SANDBOX = [1, 2020, 11];

/**
 * Returns the version of PlantUML and whether it supports the sandbox; undefined if the program
 * isn't PlantUML.
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
      // The command may be a script with its own options. Every Java reads these variables.
      environment: {
        PLANTUML_SECURITY_PROFILE: 'SANDBOX',
        JAVA_TOOL_OPTIONS: javaOptions.join(' '),
      },
      input: '',
    },
  };
}

/** Adds `@startuml` and `@enduml` if the source has none, like the Python-Markdown extension. */
function wholeDiagram(source: string): string {
  return /^[^\S\r\n]*@start/m.test(source) ? source : `@startuml\n${source}\n@enduml\n`;
}

const diagramNames: Readonly<Record<DiagramProgram, string>> = {
  graphviz: 'Graphviz',
  plantuml: 'PlantUML',
};

/** In milliseconds. Java starts slowly on a busy machine. */
const TIMEOUT = 20_000;
/** In bytes. */
const MAX_OUTPUT = 5_000_000;
/** In characters. */
const MAX_SOURCE = 100_000;
/** Programs that run at a time. */
const CONCURRENCY = 2;
/** Cached characters of sources and their drawings. */
const MAX_KEPT = 20_000_000;

/** An SVG, or a message that explains why there is none. */
export type Drawing = { readonly svg: string } | { readonly reason: string };

export interface DiagramDrawerDeps {
  /** Undefined in a browser. */
  readonly programs: ProgramRunner | undefined;
  /** Whether programs may run in the workspace. */
  readonly mayRun: () => boolean;
  /** Returns the setting for a program: its name or path, or an empty string if it's turned off. */
  readonly commandOf: (program: DiagramProgram) => string;
  readonly translate: Translate;
}

/** Renders diagrams of docs with local programs. Sends nothing over the network. */
export class DiagramDrawer {
  #deps: DiagramDrawerDeps;
  /** Drawings by command and source. */
  #kept = new SizedCache<Drawing>(MAX_KEPT);
  /** PlantUML commands known to support the sandbox. */
  #sandboxed = new Set<string>();
  #lanes = Array.from({ length: CONCURRENCY }, () => new SerialQueue());

  constructor(deps: DiagramDrawerDeps) {
    this.#deps = deps;
  }

  /** @throws AbortError when the signal is aborted */
  async draw(request: DiagramRequest, signal: AbortSignal): Promise<Drawing> {
    const { programs, mayRun, commandOf, translate } = this.#deps;
    const name = diagramNames[request.program];
    const setting = `callboard.docs.${request.program}`;
    if (!programs) {
      return { reason: translate("This diagram needs {0}, which can't run in a browser.", name) };
    }
    if (!mayRun()) {
      return { reason: translate('Trust the workspace to render this diagram with {0}.', name) };
    }
    const command = commandOf(request.program);
    if (command === '') {
      return { reason: translate('{0} is turned off by the setting {1}.', name, setting) };
    }
    if (!isProgram(command)) {
      return { reason: translate('The setting {0} must be a name or an absolute path.', setting) };
    }
    if (request.source.length > MAX_SOURCE) {
      return { reason: translate('This diagram is too long to render.') };
    }
    const key = [request.program, command, request.engine ?? '', request.source].join('\0');
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const lane = this.#lanes.reduce((one, other) => (other.size < one.size ? other : one));
    const drawn = lane.run(async () => {
      // Another request may have drawn the same in the meantime.
      const known = this.#kept.get(key);
      if (known) return known;
      const { drawing, isFinal } = await this.#run(programs, command, request, signal);
      if (isFinal) this.#kept.set(key, drawing, key.length + sizeOf(drawing));
      return drawing;
    }, signal);
    return raceAbort(drawn, signal);
  }

  /** A final drawing stays the same until the program changes. */
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
          'PlantUML {0} has no sandbox, so diagrams could read files and web addresses. Install version 1.2020.11 or newer.',
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
        return { reason: translate('The output of {0} is too large to show.', name) };
      case 'ended': {
        const svg = result.code === 0 ? firstSvg(result.output) : undefined;
        if (svg !== undefined) return { svg };
        const summary = errorSummary(result.errors);
        return {
          reason:
            summary === ''
              ? translate("{0} can't render this diagram.", name)
              : translate("{0} can't render this diagram: {1}", name, summary),
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
        'Install {0} to render this diagram, or set its location in {1}.',
        name,
        setting,
      ),
    };
  }
}

const sizeOf = (drawing: Drawing): number =>
  ('svg' in drawing ? drawing.svg : drawing.reason).length;

/**
 * Whether a command is a name or an absolute path. Relative paths depend on the working directory.
 */
const isProgram = (command: string): boolean =>
  !/[\\/]/.test(command) || /^(?:\/|[a-z]:[\\/]|\\\\)/i.test(command);

/** Returns the first SVG of a source with several diagrams. */
function firstSvg(output: string): string | undefined {
  const from = output.indexOf('<svg');
  if (from === -1 || !/^\s*(?:<\?xml|<!--|<!DOCTYPE|<svg)/.test(output)) return undefined;
  const next = output.indexOf('<?xml ', from);
  return next === -1 ? output.slice(from) : output.slice(from, next);
}

/** Lines from Java and PlantUML that aren't error messages. */
const noise = /^(?:Picked up .*|ERROR|\d+|Some diagram description contains errors)?$/;

function errorSummary(errors: string): string {
  const lines = errors
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => !noise.test(line));
  return lines.slice(0, 3).join(' · ').slice(0, 300);
}
