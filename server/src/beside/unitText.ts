// Reads the text of a systemd unit or drop-in into its assignments, each value with the lines that it was written on.
// As systemd's own parser has it (src/shared/conf-parser.c, v257); nothing here touches the file system.

/** A value as one text, put together from the lines that it was continued over. */
export interface Value {
  readonly text: string;
  /** The line, counted from 1, on which an offset of the text was written. */
  lineAt(offset: number): number;
}

export interface Assignment {
  readonly section: string;
  readonly key: string;
  readonly value: Value;
}

/** Lines that belong together; `starts` are their offsets into the text. */
interface Joined {
  readonly text: string;
  readonly starts: readonly number[];
  readonly lines: readonly number[];
}

/** Every `Key=value` of a unit's text, in order. Never throws: what is neither comment, section nor assignment is passed over. */
export function readUnit(text: string): Assignment[] {
  const found: Assignment[] = [];
  let section = '';
  for (const joined of joinedLines(text)) {
    const header = /^\[([^\]]*)\]$/.exec(joined.text);
    if (header !== null) {
      section = header[1] ?? '';
      continue;
    }
    const equals = joined.text.indexOf('=');
    if (equals < 0) continue;
    const key = joined.text.slice(0, equals).trimEnd();
    found.push({ section, key, value: valueFrom(joined, equals + 1) });
  }
  return found;
}

function valueFrom({ text, starts, lines }: Joined, from: number): Value {
  const held = text.slice(from);
  const first = from + (held.length - held.trimStart().length);
  return {
    text: held.trim(),
    lineAt: (offset) => lines[starts.findLastIndex((start) => start <= first + offset)] ?? lines[0] ?? 1,
  };
}

/** Lines without blanks around them, put together where a backslash ends them; comments go, between continued lines too. */
function* joinedLines(text: string): Generator<Joined> {
  let open: { text: string; starts: number[]; lines: number[] } | undefined;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = raw.trim();
    if (/^[#;]/.test(line)) continue;
    if (line === '' && open === undefined) continue;
    open ??= { text: '', starts: [], lines: [] };
    open.starts.push(open.text.length);
    open.lines.push(index + 1);
    const continues = /(^|[^\\])(\\\\)*\\$/.test(line);
    open.text += continues ? `${line.slice(0, -1)} ` : line;
    if (continues) continue;
    yield open;
    open = undefined;
  }
  if (open !== undefined) yield open;
}
