// What releases of BurntSushi/toml before 1.6 read otherwise. containers/storage brings its own: 1.2 up to 1.46, 1.3 up to
// 1.54, 1.4 and 1.5 (which read alike) up to 1.62 (go.mod of each; Podman of the same time has the same one).
import { refusedNames } from './tomlGo.ts';
import type { Reading } from './tomlRead.ts';
import { readToken } from './tomlScalar.ts';
import type { Problem, Span } from './tree.ts';

/** The second number of a release, 1.x. */
export type TomlRelease = 2 | 3 | 4 | 6;

/** The problems of a text for an older release than the newest, for which `problems` are. */
export function problemsOf(
  text: string,
  reading: Reading,
  problems: readonly Problem[],
  release: TomlRelease,
) {
  if (release === 6 || reading.tooDeep) return problems;
  const kept = problems.filter((problem) => release >= 4 || !isShortHour(text, problem));
  const all = [...newerEncoding(text, release), ...kept, ...reading.newer];
  return all.sort((one, other) => one.span.start - other.span.start);
}

/** Go's own reading of times takes an hour of one digit; toml 1.4 looks at it first (missingLeadingZero). */
function isShortHour(text: string, { message, span }: Problem): boolean {
  const raw = text.slice(span.start, span.end);
  const whole = raw.replace(/^((?:\d{4}-\d\d-\d\d[Tt ])?)(\d:\d\d:\d\d)/, '$10$2');
  const read = message === 'bad-date' ? readToken(whole) : undefined;
  return whole !== raw && read?.type === 'datetime' && read.fault === undefined;
}

/** A byte order mark is stepped over from 1.3 on, and U+FFFD told apart from broken UTF-8 from 1.4 on. */
function newerEncoding(text: string, release: TomlRelease): Problem[] {
  const found: Problem[] = [];
  const mark = { start: 0, end: 1 };
  if (release < 3 && text.startsWith('\ufeff')) {
    found.push(refused('byte-order-mark', mark, [{ span: mark, text: '' }]));
  }
  const broken = release < 4 ? text.indexOf('\ufffd') : -1;
  if (broken >= 0) found.push(refused('not-utf8', { start: broken, end: broken + 1 }));
  return found;
}

function refused(message: string, span: Span, edits: Problem['edits'] = undefined): Problem {
  const weight = { level: 'error', effect: 'refused' } as const;
  return { code: 'toml-syntax', message, span, weight, ...(edits && { edits }) };
}

/**
 * The reader's problems without those of names that a release takes twice. Where one of the two is a list, releases before 1.6
 * take the last without a word (parse.go setValue); those before 1.4 do not look at what braces hold for themselves.
 */
export function withoutTaken(reading: Reading, release: TomlRelease): readonly Problem[] {
  const { problems, clashes } = reading;
  if (!problems.some((problem) => clashes.has(problem))) return problems;
  const refused = refusedNames(reading, release);
  const later = release < 4 ? refusedNames(reading, 4) : refused;
  const newest = release < 6 ? refusedNames(reading, 6) : refused;
  return problems.flatMap((problem): Problem[] => {
    const statement = clashes.get(problem);
    if (statement === undefined || refused.has(statement)) return [problem];
    if (later.has(statement) || !newest.has(statement)) return [];
    const weight = { level: 'warning', effect: 'ignored' } as const;
    return [{ ...problem, code: 'duplicate-key', message: 'list-overlooked', weight }];
  });
}
