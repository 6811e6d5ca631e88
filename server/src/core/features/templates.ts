// New files of storage.conf to begin with, right for the version that they are for, with comments in the reader's language.
import stringify from '@iarna/toml/stringify.js';
import { type Locale, type WordId, word } from '../locale.ts';
import { atLeast } from '../schema/versions.ts';
import type { Plain } from '../syntax/tree.ts';

export interface Template {
  /** The name that a command line takes. */
  readonly name: string;
  readonly title: string;
  /** One sentence: for whom, and where the file belongs. */
  readonly about: string;
  readonly text: string;
}

/** A comment, a header, an assignment, or one that is left to be taken into use. */
type Line =
  | { readonly say: WordId }
  | { readonly table: string }
  | { readonly set: string; readonly to: Plain }
  | { readonly maybe: string; readonly to: Plain };

interface Plan {
  readonly name: string;
  readonly title: WordId;
  readonly about: WordId;
  /** The first version that reads such a file. */
  readonly since?: string;
  /** Parts stand apart by an empty line. */
  readonly parts: (version: string) => readonly (readonly Line[])[];
}

const system = { runroot: '/run/containers/storage', graphroot: '/var/lib/containers/storage' };
const own = { runroot: '/run/user/$UID/containers', graphroot: '$HOME/.local/share/containers/storage' };

/**
 * The table [storage]. Up to 1.62 a file of root's that names no folders is refused (types/options.go:ReloadConfigurationFile
 * at 1.62); from 1.63 on the defaults count (types/options.go:loadStoreOptions at 1.64).
 */
function store(driver: string, folders: typeof system, version: string, about: WordId): Line[][] {
  const head: Line[] = [{ table: 'storage' }, { say: 'template-driver' }, { set: 'driver', to: driver }];
  const { runroot, graphroot } = folders;
  if (atLeast(version, '1.63')) return [head, [{ say: about }, { maybe: 'graphroot', to: graphroot }]];
  return [
    head,
    [{ say: about }, { set: 'graphroot', to: graphroot }],
    [{ say: 'template-runroot' }, { set: 'runroot', to: runroot }],
  ];
}

const overlay: Line[] = [{ table: 'storage.options.overlay' }, { set: 'mountopt', to: 'nodev' }];

const sharedStore = '/usr/lib/containers/storage';

const plans: readonly Plan[] = [
  {
    name: 'rootful',
    title: 'template-rootful',
    about: 'template-rootful-about',
    parts: (version) => [...store('overlay', system, version, 'template-graphroot'), overlay],
  },
  {
    name: 'rootless',
    title: 'template-rootless',
    about: 'template-rootless-about',
    parts: (version) => [...store('overlay', own, version, 'template-graphroot'), overlay],
  },
  {
    name: 'btrfs',
    title: 'template-btrfs',
    about: 'template-btrfs-about',
    parts: (version) => store('btrfs', system, version, 'template-on-btrfs'),
  },
  {
    name: 'zfs',
    title: 'template-zfs',
    about: 'template-zfs-about',
    parts: (version) => [
      ...store('zfs', system, version, 'template-on-zfs'),
      [
        { table: 'storage.options.zfs' },
        { say: 'template-fsname' },
        { maybe: 'fsname', to: 'tank/containers' },
        { set: 'mountopt', to: 'nodev' },
      ],
    ],
  },
  {
    name: 'image-store',
    title: 'template-image-store',
    about: 'template-image-store-about',
    parts: (version) => [
      ...store('overlay', system, version, 'template-graphroot'),
      [
        { table: 'storage.options' },
        { say: 'template-stores' },
        { set: 'additionalimagestores', to: [sharedStore] },
      ],
      overlay,
    ],
  },
  {
    name: 'drop-in',
    title: 'template-drop-in',
    about: 'template-drop-in-about',
    since: '1.63',
    parts: () => [
      [
        { table: 'storage.options' },
        { say: 'template-stores' },
        { say: 'template-append' },
        { set: 'additionalimagestores', to: [sharedStore, { append: true }] },
      ],
    ],
  },
];

/** The templates that a version of containers/storage can read. */
export function templates(version: string, locale?: Locale): Template[] {
  return plans
    .filter(({ since }) => since === undefined || atLeast(version, since))
    .map(({ name, title, about, parts }) => {
      const head = `# ${word(locale, about)}`;
      const body = parts(version).map((lines) => lines.map((line) => written(line, locale)).join('\n'));
      const text = `${[head, ...body].join('\n\n')}\n`;
      return { name, title: word(locale, title), about: word(locale, about), text };
    });
}

function written(line: Line, locale: Locale | undefined): string {
  if ('say' in line) return `# ${word(locale, line.say)}`;
  if ('table' in line) return `[${line.table}]`;
  const value = inline(line.to);
  return 'set' in line ? `${line.set} = ${value}` : `# ${line.maybe} = ${value}`;
}

/** Lists by hand: the writer takes no mixed ones. */
function inline(value: Plain): string {
  return Array.isArray(value) ? `[${value.map(inline).join(', ')}]` : stringify.value(value);
}
