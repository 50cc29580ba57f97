/** A plain scalar as PyYAML takes it: by the rules of YAML 1.1, as far as PyYAML follows them. */
export interface PythonScalar {
  readonly value: string | number | boolean | null | undefined;
  /** As Python's `str` writes it. */
  readonly text: string;
}

const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER =
  /^(?:([-+]?)0b([01_]+)|([-+]?)0([0-7_]+)|([-+]?(?:0|[1-9][0-9_]*))|([-+]?)0x([0-9a-fA-F_]+))$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
const INFINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
/** Numbers to the base 60, `1:30`. */
const SEXAGESIMAL = /^([-+]?)([1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(\.\d*)?[ \t]*(Z|[-+]\d\d?(?::?\d\d)?)?$/;

export function pythonScalar(source: string): PythonScalar {
  if (NULL.test(source)) return { value: null, text: 'None' };
  if (TRUE.test(source)) return { value: true, text: 'True' };
  if (FALSE.test(source)) return { value: false, text: 'False' };
  const integer = INTEGER.exec(source);
  if (integer) return integerOf(integer);
  const sixty = SEXAGESIMAL.exec(source);
  if (sixty) {
    const digits = (sixty[2] ?? '').replaceAll('_', '').split(':');
    const size = digits.reduce((sum, digit) => sum * 60 + Number(digit), 0);
    return number(sixty[1] === '-' ? -size : size);
  }
  if (FLOAT.test(source)) return float(Number(source.replaceAll('_', '')));
  if (INFINITE.test(source)) {
    const isNegative = source.startsWith('-');
    return { value: undefined, text: /nan/i.test(source) ? 'nan' : isNegative ? '-inf' : 'inf' };
  }
  if (DATE.test(source)) return { value: undefined, text: source };
  const time = TIMESTAMP.exec(source);
  if (time) {
    const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = time;
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return { value: undefined, text: `${date} ${hour.padStart(2, '0')}:${minute}:${second}` };
  }
  return { value: source, text: source };
}

function integerOf(match: RegExpExecArray): PythonScalar {
  const [, binarySign, binary, octalSign, octal, decimal, hexSign, hex] = match;
  const of = (digits: string, base: number, sign: string | undefined): PythonScalar => {
    const size = parseInt(digits.replaceAll('_', '') || '0', base);
    return number(sign === '-' ? -size : size);
  };
  if (binary !== undefined) return of(binary, 2, binarySign);
  if (octal !== undefined) return of(octal, 8, octalSign);
  if (hex !== undefined) return of(hex, 16, hexSign);
  return number(Number((decimal ?? '').replaceAll('_', '')));
}

function number(value: number): PythonScalar {
  return { value, text: String(value) };
}

function float(value: number): PythonScalar {
  return { value, text: Number.isInteger(value) ? `${value}.0` : String(value) };
}
