// Reads and writes the Markdown fixtures under test/rules/: what is typed, what is expected under caret lines, what a fix makes of it.

export interface Expected {
  /** Offset into the input without caret lines. */
  readonly start: number;
  readonly end: number;
  /** `error: message` as it stands behind the carets. */
  readonly text: string;
}

export interface Section {
  readonly title: string;
  /** The info string's first word: json, toml, yaml. */
  readonly language: string;
  /** The info string's second word, a name that `--as` takes. */
  readonly as: string;
  /** The rest of the info string: `docker=28.5 kubernetes=1.30 locale=zh-cn`, and flags of dockerd: `flag=host:fd://,debug:true`; `path=/etc/…` where the file lies. */
  readonly options: Readonly<Record<string, string>>;
  /** What is analysed. */
  readonly input: string;
  readonly expected: readonly Expected[];
  /** Where `$0` stands: an offset into the input, which does not hold the mark. */
  readonly cursor: number | undefined;
  /** What the first fix of every finding makes of it; with a cursor, the first code action that is offered there. */
  readonly fixed: string | undefined;
}

/** The flags that dockerd is started with, by the option `flag`. */
export function flagsOf({ flag = '' }: Section['options']): { name: string; value: string }[] {
  if (flag === '') return [];
  return flag.split(',').map((one) => {
    const colon = one.indexOf(':');
    return { name: one.slice(0, colon), value: one.slice(colon + 1) };
  });
}

/** Sections of a fixture, in order; a section without a file block is prose. */
export function parseFixture(markdown: string): Section[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .flatMap((part): Section[] => {
      const title = part.slice(0, part.indexOf('\n')).trim();
      const [file, fixed] = [...part.matchAll(/^```(\w+) (.*)\n([\s\S]*?)^```$/gm)];
      if (file === undefined) return [];
      const [, language = '', info = '', body = ''] = file;
      const [as = '', ...options] = info.split(' ');
      return [
        {
          title,
          language,
          as,
          options: Object.fromEntries(
            options.map((option) => {
              const equals = option.indexOf('=');
              return [option.slice(0, equals), option.slice(equals + 1)];
            }),
          ),
          ...withoutCarets(body),
          fixed: fixed?.[2] === 'fixed' ? fixed[3] : undefined,
        },
      ];
    });
}

const caretLine = /^( *)(\^+)(?: → (\d+):(\d+))? ((?:error|warning|info|hint): .*)$/;

/**
 * Takes the caret lines and the cursor's mark out. Carets stand under the text as it is without the mark; `→ line:column`
 * gives an end on a later line, counted from 1.
 */
function withoutCarets(body: string): Pick<Section, 'input' | 'expected' | 'cursor'> {
  let cursor: number | undefined;
  const lines: string[] = [];
  const starts: number[] = [];
  const found: { line: number; column: number; length: number; to?: [number, number]; text: string }[] = [];
  let offset = 0;
  for (const line of body.replace(/\n$/, '').split('\n')) {
    const [, indent, carets, toLine, toColumn, text] = line.match(caretLine) ?? [];
    if (indent !== undefined && carets !== undefined && text !== undefined) {
      const to = toLine !== undefined ? { to: [Number(toLine), Number(toColumn)] as [number, number] } : {};
      found.push({ line: lines.length - 1, column: indent.length, length: carets.length, text, ...to });
    } else {
      const mark = line.indexOf('$0');
      const plain = mark < 0 ? line : line.slice(0, mark) + line.slice(mark + 2);
      if (mark >= 0) cursor = offset + mark;
      starts.push(offset);
      lines.push(plain);
      offset += plain.length + 1;
    }
  }
  const expected = found.map(({ line, column, length, to, text }) => {
    const start = (starts[line] ?? 0) + column;
    return { start, end: to === undefined ? start + length : (starts[to[0] - 1] ?? 0) + to[1] - 1, text };
  });
  return { input: `${lines.join('\n')}\n`, expected, cursor };
}

/** A file block's body with the cursor's mark, and caret lines under what was found. */
export function withCarets(input: string, found: readonly Expected[], cursor?: number): string {
  const lines = input.replace(/\n$/, '').split('\n');
  let offset = 0;
  const starts = lines.map((line) => {
    const start = offset;
    offset += line.length + 1;
    return start;
  });
  const lineOf = (at: number) => starts.findLastIndex((start) => start <= at);
  return `${lines
    .flatMap((line, index) => {
      const here = found.filter(({ start }) => lineOf(start) === index);
      const at = cursor === undefined || lineOf(cursor) !== index ? -1 : cursor - (starts[index] ?? 0);
      const marked = at < 0 ? line : `${line.slice(0, at)}$0${line.slice(at)}`;
      return [marked, ...here.map((one) => caret(line, index, one))];
    })
    .join('\n')}\n`;

  function caret(line: string, index: number, { start, end, text }: Expected): string {
    const column = start - (starts[index] ?? 0);
    const last = lineOf(Math.max(start, end - 1));
    const length = last === index ? Math.max(1, end - start) : Math.max(1, line.length - column);
    const to = last === index ? '' : ` → ${last + 1}:${end - (starts[last] ?? 0) + 1}`;
    return `${' '.repeat(column)}${'^'.repeat(length)}${to} ${text}`;
  }
}
