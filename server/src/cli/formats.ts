// How `stowage check` prints: for people, for programs, for code scanning, for GitHub's logs.
import type { Level } from '../core/finding.ts';
import type { Say } from './arguments.ts';
import type { Reported } from './checkFile.ts';
import { sarif } from './sarif.ts';

export interface Summary {
  /** How many files were ours. */
  readonly files: number;
  readonly findings: readonly Reported[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

type Printer = (summary: Summary, say: Say, colourful: boolean) => string;

/** By the name that `--format` takes; each ends with a line break. */
export const formats: Readonly<Record<'text' | 'json' | 'sarif' | 'github', Printer>> = {
  text,
  json: ({ files, findings, errors }) =>
    `${JSON.stringify({ version: 1, files, findings, ...(errors.length > 0 && { errors }) }, undefined, 2)}\n`,
  sarif: (summary) => `${JSON.stringify(sarif(summary), undefined, 2)}\n`,
  github: ({ findings }) => findings.map(annotation).join(''),
};

/** Codes of ANSI terminals. */
const colours = { error: 31, warning: 33, info: 34, hint: 90 } as const;

function text({ files, findings }: Summary, say: Say, colourful: boolean): string {
  const paint = (level: Level, part: string) =>
    colourful ? `\u001b[${colours[level]}m${part}\u001b[39m` : part;
  const lines = findings.map(({ file, line, column, level, message, code }) => {
    const where = `${file}:${line}:${column}`;
    return `${where}: ${paint(level, say(`level-${level}`))}: ${message} ${paint('hint', `[${code}]`)}\n`;
  });
  const count = (level: Level) => String(findings.filter((finding) => finding.level === level).length);
  const args = {
    files: String(files),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
  };
  return `${lines.join('')}${say('cli-check-summary', args)}\n`;
}

const commands = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' } as const;

function annotation({ file, line, column, endLine, endColumn, level, code, message }: Reported): string {
  const place = { file, line, endLine, col: column, endColumn, title: `stowage ${code}` };
  const properties = Object.entries(place).map(([name, value]) => `${name}=${escaped(String(value), true)}`);
  return `::${commands[level]} ${properties.join(',')}::${escaped(message, false)}\n`;
}

/** As GitHub's workflow commands want it. */
function escaped(value: string, property: boolean): string {
  const plain = value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return property ? plain.replaceAll(':', '%3A').replaceAll(',', '%2C') : plain;
}
