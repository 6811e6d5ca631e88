// Log options that need or exclude one another. Pure: a bound map in, what to say of it out; the words lie with the rule.
import type { Versions } from '../finding.ts';
import { goBool } from '../formats.ts';
import { type Report, type RuleFix, removalFix } from '../rule.ts';
import type { Bound } from '../schema/bind.ts';
import { type Change, type Span, target } from '../syntax/tree.ts';
import { type LogOption, logDriver, logOptions, logOptionsOf } from './logOptions.ts';
import { isTaken } from './logValues.ts';

export type Contradiction = Report & {
  readonly at: Span;
  readonly what:
    | 'buffer'
    | 'compress-size'
    | 'compress-files'
    | 'local-files'
    | 'files-without-size'
    | 'excludes'
    | 'udp-only'
    | 'tcp-only';
};

type Options = ReadonlyMap<string, LogOption>;

export function contradictions(bound: Bound, root: Bound, versions: Versions): Contradiction[] {
  const driver = logDriver(root.node);
  if (driver === 'none' || logOptionsOf(driver, versions) === undefined) return [];
  const taken = ([
    ,
    {
      bound: { definition },
    },
  ]: readonly [string, LogOption]) => definition === undefined || isTaken(definition, versions.docker);
  const options = new Map([...logOptions(bound)].filter(taken));
  return [...buffer(bound, options), ...(byDriver[driver]?.(bound, options) ?? [])];
}

const byDriver: Readonly<Record<string, (bound: Bound, options: Options) => Contradiction[]>> = {
  'json-file': jsonFile,
  local,
  gelf,
  awslogs: (_, options) => [
    ...exclusive(options, 'awslogs-datetime-format', 'awslogs-multiline-pattern', true),
    ...exclusive(options, 'awslogs-format', 'awslogs-datetime-format'),
    ...exclusive(options, 'awslogs-format', 'awslogs-multiline-pattern'),
  ],
  // Without a value they do not count.
  fluentd: (_, options) => exclusive(options, 'fluentd-async', 'fluentd-async-connect'),
};

function buffer(bound: Bound, options: Options): Contradiction[] {
  const size = options.get('max-buffer-size');
  const mode = options.get('mode');
  // Another mode than the two has a rule of its own.
  if (size === undefined || !['', 'blocking'].includes(mode?.value ?? '')) return [];
  const fixes = [...setFix(bound, 'fix-mode', 'mode', 'non-blocking', mode), ...remove(size)];
  return [{ at: size.entry.key.span, what: 'buffer', fixes }];
}

function jsonFile(bound: Bound, options: Options): Contradiction[] {
  const [size, files, compress] = ['max-size', 'max-file', 'compress'].map((name) => options.get(name));
  const count = files === undefined ? 1 : whole(files.value);
  const sized = setFix(bound, 'fix-size', 'max-size', '10m', size);
  if (compress !== undefined && isTrue(compress.value) && count !== undefined) {
    const at = compress.entry.key.span;
    if (size === undefined) return [{ at, what: 'compress-size', fixes: [...sized, ...remove(compress)] }];
    if (count < 2) {
      const fixes = [...setFix(bound, 'fix-files', 'max-file', '3', files), ...remove(compress)];
      return [{ at, what: 'compress-files', fixes }];
    }
  }
  if (files === undefined || size !== undefined || count === undefined || count < 2) return [];
  return [
    {
      at: files.entry.key.span,
      what: 'files-without-size',
      level: 'warning',
      effect: 'ignored',
      fixes: sized,
    },
  ];
}

function local(bound: Bound, options: Options): Contradiction[] {
  const files = options.get('max-file');
  const compress = options.get('compress')?.value ?? 'true';
  if (files === undefined || !['0', '1'].includes(files.value) || !isTrue(compress)) return [];
  const fixes = setFix(bound, 'fix-files', 'max-file', '3', files);
  return [{ at: files.bound.node.span, what: 'local-files', args: { value: files.value }, fixes }];
}

function gelf(_: Bound, options: Options): Contradiction[] {
  const address = options.get('gelf-address');
  const scheme = address?.value.match(/^(udp|tcp):\/\//i)?.[1]?.toLowerCase();
  if (address === undefined || scheme === undefined) return [];
  const wrong = scheme === 'tcp' ? /^gelf-compression-/ : /^gelf-tcp-/;
  const what = scheme === 'tcp' ? 'udp-only' : 'tcp-only';
  return [...options.values()]
    .filter(({ name }) => wrong.test(name))
    .map((option) => ({
      at: option.entry.key.span,
      what,
      args: { name: option.name, address: address.value },
      related: [{ span: address.entry.span, message: 'related' }],
      fixes: remove(option),
    }));
}

/** Of two that exclude one another the second is reported; some count even when they are empty. */
function exclusive(options: Options, first: string, second: string, empty = false): Contradiction[] {
  const [one, other] = [options.get(first), options.get(second)];
  if (one === undefined || other === undefined) return [];
  if (!empty && (one.value === '' || other.value === '')) return [];
  return [
    {
      at: other.entry.key.span,
      what: 'excludes',
      args: { name: first, other: second },
      related: [{ span: one.entry.key.span, message: 'related' }],
      fixes: remove(other),
    },
  ];
}

function remove({ bound, name }: LogOption): RuleFix[] {
  return removalFix(bound, 'fix-remove', 'suggestion', { name });
}

/** Writes an option, in place of what it says now or anew. */
function setFix(
  bound: Bound,
  title: string,
  key: string,
  value: string,
  now: LogOption | undefined,
): RuleFix[] {
  const into = target(bound.node);
  if (into.kind !== 'map') return [];
  const change: Change =
    now === undefined ? { do: 'insert', into, key, value } : { do: 'replace', node: now.bound.node, value };
  return [{ title, kind: 'suggestion', changes: [change] }];
}

function isTrue(value: string): boolean {
  return goBool(value) === undefined && /^(?:1|t)/i.test(value);
}

function whole(value: string): number | undefined {
  return /^\d+$/.test(value) ? Number(value) : undefined;
}
