// `stowage check`: judges files and says so as text, JSON, SARIF or GitHub annotations.
import { text as readAll } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import type { FileKind, Level, Versions } from '../core/finding.ts';
import { familyOf } from '../core/recognise.ts';
import { type Parsed, readArguments, type Say, UsageError, wordsFor } from './arguments.ts';
import { type Judging, judgeFile, judgeText, type Reported, type Share, type Verdict } from './checkFile.ts';
import { findFiles } from './findFiles.ts';
import { formats, type Summary } from './formats.ts';
import { type Io, languageOf } from './io.ts';
import { command } from './jobs.ts';

const OPTIONS = {
  format: { type: 'string' },
  as: { type: 'string' },
  docker: { type: 'string' },
  platform: { type: 'string' },
  'containers-storage': { type: 'string' },
  kubernetes: { type: 'string' },
  level: { type: 'string' },
  fix: { type: 'boolean' },
  jobs: { type: 'string' },
  lang: { type: 'string' },
} as const;

const levels: readonly Level[] = ['error', 'warning', 'info', 'hint'];

interface Wanted {
  readonly paths: readonly string[];
  readonly format: keyof typeof formats;
  /** The lowest level that is shown. */
  readonly level: Level;
  readonly judging: Judging;
  readonly jobs: number;
}

/** Gives 0 where nothing is an error, 1 where something is, 2 where the command or a file could not be read. */
export async function run(args: string[], io: Io): Promise<number> {
  return command(io, async (usage) => {
    const wanted = readOrTell(args, io, usage);
    const say = wordsFor({ ...io, env: { LC_ALL: wanted.judging.lang } });
    const summary = wanted.paths.includes('-')
      ? await checkStdin(wanted, say)
      : await checkPaths(wanted, say, io);
    const shown = summary.findings.filter(
      ({ level }) => levels.indexOf(level) <= levels.indexOf(wanted.level),
    );
    io.stdout.write(formats[wanted.format]({ ...summary, findings: shown }, say, isColourful(io)));
    for (const { file, message } of summary.errors) io.stderr.write(`stowage: ${file}: ${message}\n`);
    if (summary.errors.length > 0) return 2;
    return summary.findings.some(({ level }) => level === 'error') ? 1 : 0;
  });
}

/** Reads the arguments; who asked for JSON gets the object for a wrong command too. @throws UsageError */
function readOrTell(args: readonly string[], io: Io, say: Say): Wanted {
  try {
    return readWanted(args, io, say);
  } catch (error) {
    const json = args.includes('--format=json') || args[args.indexOf('--format') + 1] === 'json';
    if (json && error instanceof UsageError) {
      const errors = [{ file: '', message: error.message }];
      io.stdout.write(formats.json({ files: 0, findings: [], errors }, say, false));
    }
    throw error;
  }
}

function readWanted(args: readonly string[], io: Io, say: Say): Wanted {
  const parsed = readArguments(args, OPTIONS, say);
  const bad = (option: string) =>
    new UsageError(say('cli-bad-option', { option: `--${option}`, value: parsed.text(option) ?? '' }));
  const format = parsed.text('format') ?? 'text';
  if (!isFormat(format)) throw bad('format');
  const given = parsed.text('level');
  const level =
    levels.find((one) => one === given) ?? (format === 'json' || format === 'sarif' ? 'hint' : 'info');
  if (given !== undefined && given !== level) throw bad('level');
  const jobs = Number(parsed.text('jobs') ?? 1);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 256) throw bad('jobs');
  const as = parsed.text('as');
  const kind = as === undefined ? undefined : familyOf(as);
  if (as !== undefined && kind === undefined) throw bad('as');
  const paths = parsed.words.length === 0 ? ['.'] : parsed.words;
  const stdin = paths.includes('-');
  if (stdin && (kind === undefined || paths.length > 1 || parsed.has('fix'))) {
    throw new UsageError(say('cli-stdin-needs-as'));
  }
  const lang = parsed.text('lang') ?? languageOf(io.env);
  return { paths, format, level, jobs, judging: judgingFor(parsed, bad, kind, lang) };
}

function judgingFor(
  parsed: Parsed,
  bad: (option: string) => UsageError,
  kind: FileKind | undefined,
  lang: string | undefined,
): Judging {
  const version = (option: string, engine: Exclude<keyof Versions, 'platform'>): Partial<Versions> => {
    const given = parsed.text(option);
    if (given === undefined) return {};
    if (!/^v?\d+(\.\d+){0,2}/.test(given)) throw bad(option);
    return { [engine]: given };
  };
  const platform = parsed.text('platform');
  if (platform !== undefined && platform !== 'linux' && platform !== 'windows') throw bad('platform');
  const versions: Partial<Versions> = {
    ...version('docker', 'docker'),
    ...version('containers-storage', 'containersStorage'),
    ...version('kubernetes', 'kubernetes'),
    ...(platform && { platform }),
  };
  const settings = { versions };
  return { settings, fix: parsed.has('fix'), ...(kind && { kind }), ...(lang !== undefined && { lang }) };
}

function isFormat(name: string): name is keyof typeof formats {
  return Object.hasOwn(formats, name);
}

async function checkStdin({ judging }: Wanted, say: Say): Promise<Summary> {
  const verdict = judgeText('-', await readAll(process.stdin), judging);
  return summarise([verdict], new Set(['-']), [], say, () => undefined);
}

async function checkPaths({ paths, judging, jobs }: Wanted, say: Say, io: Io): Promise<Summary> {
  const { files, named, errors } = findFiles(paths);
  const verdicts =
    jobs === 1
      ? files.map((file) => judgeFile(file, judging, named.has(file)))
      : await inWorkers({ files, named, judging }, jobs);
  return summarise(verdicts, named, errors, say, (line) => io.stderr.write(`stowage: ${line}\n`));
}

/** Shares the files out among threads that run this same program. */
async function inWorkers({ files, named, judging }: Share, jobs: number): Promise<Verdict[]> {
  const size = Math.max(1, Math.ceil(files.length / jobs));
  const shares = Array.from({ length: Math.ceil(files.length / size) }, (_, index) =>
    files.slice(index * size, (index + 1) * size),
  );
  const judged = shares.map(
    (share) =>
      new Promise<Verdict[]>((resolve, reject) => {
        const worker = new Worker(process.argv[1] ?? '', {
          workerData: { files: share, named, judging } satisfies Share,
        });
        worker.once('message', resolve);
        worker.once('error', reject);
      }),
  );
  return (await Promise.all(judged)).flat();
}

function summarise(
  verdicts: readonly Verdict[],
  named: ReadonlySet<string>,
  unread: Summary['errors'],
  say: Say,
  tell: (line: string) => void,
): Summary {
  const findings: Reported[] = [];
  const errors = [...unread];
  const notes = new Set<string>();
  let files = 0;
  for (const verdict of verdicts) {
    if ('error' in verdict) errors.push({ file: verdict.file, message: verdict.error });
    else if ('unreadable' in verdict) {
      errors.push({ file: verdict.file, message: say(`cli-${verdict.unreadable}`) });
    } else if ('notOurs' in verdict) {
      if (named.has(verdict.file)) tell(say('cli-not-ours', { file: verdict.file }));
    } else {
      files++;
      findings.push(...verdict.findings);
      for (const fault of verdict.faults) tell(`${verdict.file}: ${fault}`);
      for (const note of verdict.notes) notes.add(note);
    }
  }
  for (const note of notes) tell(note);
  return { files, findings, errors };
}

/** Colours only where a person watches and has not refused them. */
function isColourful({ stdout, env }: Io): boolean {
  return 'isTTY' in stdout && stdout.isTTY === true && !env['NO_COLOR'];
}
