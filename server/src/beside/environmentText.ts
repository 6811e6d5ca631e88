// Reads files of variables: systemd's EnvironmentFile= (src/basic/env-file.c, v257), and the small shell files that OpenRC and
// sysvinit source, of which only plain assignments are understood. Pure.

export interface Assigned {
  readonly name: string;
  readonly value: string;
  /** The line that it begins on, counted from 1. */
  readonly line: number;
}

/** The assignments of a text, in order. Never throws; what is no assignment is passed over. @param shell with `export` and variables of earlier lines, as a shell has them */
export function readEnvironment(text: string, shell = false): Assigned[] {
  const found: Assigned[] = [];
  const known = new Map<string, string>();
  const lines = text.split(/\r\n|\r|\n/);
  for (let index = 0; index < lines.length; index++) {
    const start = index;
    const [, name, first = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)=(.*)$/s.exec(lines[index] ?? '') ?? [];
    if (name === undefined) continue;
    const reader = new ValueReader(shell ? known : undefined);
    let open = reader.take(first.trimStart());
    while (open && index + 1 < lines.length) open = reader.take(lines[++index] ?? '');
    known.set(name, reader.value);
    found.push({ name, value: reader.value, line: start + 1 });
  }
  return found;
}

/** Takes a value line by line. */
class ValueReader {
  #text = '';
  #quote = '';
  /** Something stands outside of quotes: then quotes further on are letters. */
  #bare = false;
  readonly #known: ReadonlyMap<string, string> | undefined;

  constructor(known: ReadonlyMap<string, string> | undefined) {
    this.#known = known;
  }

  get value(): string {
    return this.#bare ? this.#text.trimEnd() : this.#text;
  }

  /** Takes a line; true where the value goes on in the next. */
  take(line: string): boolean {
    for (let at = 0; at < line.length; at++) {
      const char = line.charAt(at);
      const next = line.charAt(at + 1);
      if (char === '\\' && this.#quote !== "'") {
        if (next === '') return true;
        const kept = this.#quote === '"' && !/["\\`$]/.test(next);
        this.#text += kept ? char + next : next;
        at++;
      } else if (this.#quote !== '') {
        if (char === this.#quote) this.#quote = '';
        else at += this.#letter(line, at);
      } else if (!this.#bare && (char === '"' || char === "'")) this.#quote = char;
      else if (this.#bare || !/\s/.test(char)) {
        if (this.#known !== undefined && char === '#' && /(^|\s)$/.test(line.slice(0, at))) break;
        this.#bare = true;
        at += this.#letter(line, at);
      }
    }
    if (this.#quote === '') return false;
    this.#text += '\n';
    return true;
  }

  /** Takes one letter, or a variable where there are any; gives how many letters more than one that was. */
  #letter(line: string, at: number): number {
    const found = this.#quote === "'" ? null : /^\$(?:(\w+)|\{(\w+)\})/.exec(line.slice(at));
    if (this.#known === undefined || found === null) {
      this.#text += line.charAt(at);
      return 0;
    }
    this.#text += this.#known.get(found[1] ?? found[2] ?? '') ?? '';
    return found[0].length - 1;
  }
}
