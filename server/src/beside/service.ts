// How the service is started whose dockerd reads a daemon.json: looks where systemd, OpenRC and sysvinit look, below the same
// root as the file. Never throws.
import { basename, dirname, join } from 'node:path';
import type { Beside, CommandWord } from '../core/finding.ts';
import { readFlags } from './daemonFlags.ts';
import { readEnvironment } from './environmentText.ts';
import { exists, namesIn, textOf } from './files.ts';
import { type Command, commandOf, inOrder, type ReadVariables, type UnitFile } from './unit.ts';
import { splitWords } from './words.ts';

/** Where systemd looks for the units of a machine, the strongest first (man systemd.unit). */
const systemFolders = [
  'etc/systemd/system',
  'run/systemd/system',
  'usr/local/lib/systemd/system',
  'usr/lib/systemd/system',
  'lib/systemd/system',
];

const unit = 'docker.service';
const dropInName = 'override.conf';

type Started = Pick<Beside, 'flags' | 'command' | 'dropIn'>;

/** How a path is shown to the user. */
export type Shown = (path: string) => string;

/** What starts the dockerd that reads `file`, an absolute path; without `flags` where nothing tells. */
export function serviceOf(file: string, shown: Shown): Started {
  const folder = dirname(file);
  const root = /^(.*)[\\/]etc[\\/]docker[\\/]daemon\.json$/.exec(file)?.[1];
  const config = /^(.*[\\/]\.config)[\\/]docker[\\/]daemon\.json$/.exec(file)?.[1];
  const places =
    root !== undefined
      ? systemFolders.map((one) => join(`${root}/`, one))
      : config !== undefined
        ? [join(config, 'systemd/user')]
        : [];
  const own = join(places[0] ?? folder, `${unit}.d`, dropInName);
  const free = exists(own) ? {} : { dropIn: own };
  const variables: ReadVariables = (path) =>
    root === undefined ? undefined : unitFile(join(root, path), shown);
  const files = unitFiles(places, shown);
  const found = files.length > 0 ? files : unitFilesBeside(folder, shown);
  if (found.length > 0) return { ...free, ...started(commandOf(found, variables), file, root !== undefined) };
  return { ...free, ...(root !== undefined && withoutSystemd(root, shown)) };
}

function unitFile(path: string, shown: Shown): UnitFile | undefined {
  const text = textOf(path);
  return text === undefined ? undefined : { path: shown(path), text };
}

/** The unit, from the first folder that has it, and the drop-ins of all of them. */
function unitFiles(folders: readonly string[], shown: Shown): UnitFile[] {
  const units = folders.flatMap((folder) => unitFile(join(folder, unit), shown) ?? []);
  // An empty one masks the service.
  if (units[0]?.text === '') return units.slice(0, 1);
  const dropIns = folders.flatMap((folder) => dropInsIn(join(folder, `${unit}.d`), shown));
  return [...units.slice(0, 1), ...inOrder(dropIns)];
}

function unitFilesBeside(folder: string, shown: Shown): UnitFile[] {
  const loose = unitFile(join(folder, dropInName), shown) ?? [];
  const main = unitFile(join(folder, unit), shown) ?? [];
  return [main, inOrder([dropInsIn(join(folder, `${unit}.d`), shown), loose].flat())].flat();
}

function dropInsIn(folder: string, shown: Shown): UnitFile[] {
  const names = namesIn(folder).filter((name) => name.endsWith('.conf'));
  return names.flatMap((name) => unitFile(join(folder, name), shown) ?? []);
}

/** The flags of a command line that really runs dockerd, with this very file. */
function started(command: Command | undefined, file: string, system: boolean): Started {
  if (command === undefined || !/^dockerd(-rootless\.sh|-current)?$/.test(basename(command.program)))
    return {};
  const flags = readFlags(command.given);
  const other = flags.findLast(({ name }) => name === 'config-file')?.value;
  if (
    other !== undefined &&
    (system ? other !== '/etc/docker/daemon.json' : basename(other) !== basename(file))
  )
    return {};
  const from = basename(command.file);
  return {
    flags: flags.map(({ words: _, ...flag }) => flag),
    command: markedWords(command, flags),
    // A drop-in that sorts behind the new one would win over it.
    ...(from !== unit && from >= dropInName && { dropIn: undefined }),
  };
}

/** The words as written, each that can be left out with the flag that goes with it. A flag that stands in a variable too cannot. */
function markedWords({ written, given }: Command, flags: ReturnType<typeof readFlags>): CommandWord[] {
  const fixed = new Set<string>();
  const marks = new Map<number, string>();
  for (const { name, words } of flags) {
    const parts = words.map((index) => given[index]);
    for (const part of parts) {
      if (part === undefined || part.split) fixed.add(name);
      else if ((marks.get(part.from) ?? name) !== name) fixed.add(name).add(marks.get(part.from) ?? '');
      else marks.set(part.from, name);
    }
  }
  return written.map((text, index) => {
    const flag = marks.get(index);
    return flag === undefined || fixed.has(flag) ? { text } : { text, flag };
  });
}

/** OpenRC takes $DOCKER_OPTS from conf.d; sysvinit's script, where it is there, from /etc/default. */
function withoutSystemd(root: string, shown: Shown): Started {
  const openrc = unitFile(join(`${root}/`, 'etc/conf.d/docker'), shown);
  const sysvinit = exists(join(`${root}/`, 'etc/init.d/docker'))
    ? unitFile(join(`${root}/`, 'etc/default/docker'), shown)
    : undefined;
  const source = openrc ?? sysvinit;
  if (source === undefined) return {};
  const options = readEnvironment(source.text, true).findLast(({ name }) => name === 'DOCKER_OPTS');
  const words = splitWords(options?.value ?? '').map(({ value }) => ({
    value,
    file: source.path,
    line: options?.line ?? 1,
  }));
  return { flags: readFlags(words).map(({ words: _, ...flag }) => flag), dropIn: undefined };
}
