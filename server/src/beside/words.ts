// Splits a command line of a unit into words and puts variables in, by systemd's rules (src/basic/extract-word.c and
// src/basic/env-util.c, v257), which are not a shell's. Pure.

export interface Word {
  readonly value: string;
  /** As it is written, quotes and escapes included. */
  readonly raw: string;
  /** Where it begins, as an offset into the line. */
  readonly start: number;
}

/** The words of a line: quotes are taken off wherever they stand, C's escapes are read in and out of them. A quote that stays open ends with the line. */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && /\s/.test(line.charAt(at))) at++;
    if (at >= line.length) return words;
    const start = at;
    let value = '';
    let quote = '';
    for (; at < line.length; at++) {
      const char = line.charAt(at);
      if (char === '\\') {
        const [read, length] = readEscape(line, at);
        value += read;
        at += length - 1;
      } else if (quote !== '') {
        if (char === quote) quote = '';
        else value += char;
      } else if (char === '"' || char === "'") quote = char;
      else if (/\s/.test(char)) break;
      else value += char;
    }
    words.push({ value, raw: line.slice(start, at), start });
  }
}

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
};

/** What the escape at an offset stands for, and its length; one that is none stands for itself. */
function readEscape(line: string, at: number): [string, number] {
  const next = line.charAt(at + 1);
  if (next === '') return ['\\', 1];
  if (simple[next] !== undefined) return [simple[next], 2];
  if (next === '\\' || next === '"' || next === "'") return [next, 2];
  const [code] = /^(?:x[\da-f]{2}|[0-7]{3}|u[\da-f]{4}|U[\da-f]{8})/i.exec(line.slice(at + 1)) ?? [];
  if (code === undefined) return [`\\${next}`, 2];
  const number = /^\d/.test(code) ? Number.parseInt(code, 8) : Number.parseInt(code.slice(1), 16);
  return number <= 0x10ffff ? [String.fromCodePoint(number), code.length + 1] : [`\\${next}`, 2];
}

/** A variable of the service, and where it was given. */
export interface Variable {
  readonly value: string;
  readonly file: string;
  readonly line: number;
}

export type Variables = ReadonlyMap<string, Variable>;

/** The name in a word that is a variable and nothing else: `$NAME`. systemd splits its value into words. */
export function variableIn({ value }: Word): string | undefined {
  return /^\$([A-Za-z_]\w*)$/.exec(value)?.[1];
}

/** A word with `${NAME}` put in, `$$` as one dollar sign and `%%` as one percent sign; what is not set is empty. */
export function filled(value: string, variables: Variables): string {
  return value
    .replaceAll('%%', '%')
    .replace(/\$\$|\$\{([A-Za-z_]\w*)\}/g, (all, name: string | undefined) =>
      name === undefined ? all.slice(1) : (variables.get(name)?.value ?? ''),
    );
}
