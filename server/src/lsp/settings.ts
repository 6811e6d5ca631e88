// The one table of settings: names, kinds and defaults. package.json repeats it for VS Code, and a test compares the two.
import type { Level, Settings, Versions } from '../core/finding.ts';
import { rules } from '../core/rules/index.generated.ts';

export type SettingType = 'string' | 'number' | 'strings' | 'levels';

export interface Setting {
  readonly type: SettingType;
  readonly default: unknown;
  /** May differ from folder to folder (`resource`), is one for the window, or belongs to the machine and is never taken from a workspace. */
  readonly scope: 'resource' | 'window' | 'machine-overridable';
}

/** By name, without the leading `stowage.`; descriptions lie in package.nls*.json under the same names. */
export const settings: Readonly<Record<string, Setting>> = {
  'docker.version': { type: 'string', default: '', scope: 'resource' },
  'docker.platform': { type: 'string', default: '', scope: 'resource' },
  'containersStorage.version': { type: 'string', default: '', scope: 'resource' },
  'kubernetes.version': { type: 'string', default: '', scope: 'resource' },
  rules: { type: 'levels', default: {}, scope: 'resource' },
  'diagnostics.delay': { type: 'number', default: 150, scope: 'window' },
  'engines.docker': { type: 'string', default: '', scope: 'machine-overridable' },
  'engines.folders': { type: 'strings', default: [], scope: 'machine-overridable' },
  'backup.folder': { type: 'string', default: '', scope: 'machine-overridable' },
  'trace.server': { type: 'string', default: 'off', scope: 'window' },
  'backup.compression': { type: 'string', default: 'zstd', scope: 'machine-overridable' },
};

/** What the language server takes from them. */
export interface ServerSettings {
  readonly analysis: Settings;
  /** Milliseconds from a keystroke to the analysis; 0: at once. */
  readonly delay: number;
}

export const defaultSettings: ServerSettings = { analysis: {}, delay: 150 };

/** Settings as a client sends them, nested or with dots; what does not fit counts as not set, and is reported to `complain`. */
export function readSettings(sent: unknown, complain: (problem: string) => void): ServerSettings {
  const value = (name: string): unknown => lookUp(sent, name);
  const bad = (name: string, wanted: string) =>
    complain(`stowage.${name}: ${wanted} expected, the default is used`);
  const version = (setting: string, engine: keyof Versions): Partial<Versions> => {
    const given = value(setting);
    if (given === undefined || given === null || given === '') return {};
    if (typeof given === 'string' && /^v?\d+(\.\d+){0,2}/.test(given)) return { [engine]: given };
    bad(setting, 'a version such as 28.5');
    return {};
  };
  const platform = (): Partial<Versions> => {
    const given = value('docker.platform') ?? '';
    if (given === 'linux' || given === 'windows') return { platform: given };
    if (given !== '') bad('docker.platform', 'linux or windows');
    return {};
  };
  const delay = value('diagnostics.delay') ?? defaultSettings.delay;
  const isDelay = typeof delay === 'number' && delay >= 0 && delay <= 60_000;
  if (!isDelay) bad('diagnostics.delay', 'a number of milliseconds');
  return {
    delay: isDelay ? delay : defaultSettings.delay,
    analysis: {
      versions: {
        ...version('docker.version', 'docker'),
        ...platform(),
        ...version('containersStorage.version', 'containersStorage'),
        ...version('kubernetes.version', 'kubernetes'),
      },
      rules: readLevels(value('rules'), bad),
    },
  };
}

function readLevels(
  given: unknown,
  bad: (name: string, wanted: string) => void,
): Record<string, Level | 'off'> {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    bad('rules', 'an object');
    return {};
  }
  const known = new Set(rules.map(({ id }) => id));
  const levels: Record<string, Level | 'off'> = {};
  for (const [id, level] of Object.entries(given)) {
    if (!known.has(id)) bad(`rules["${id}"]`, 'the id of a rule');
    else if (isLevel(level)) levels[id] = level;
    else bad(`rules["${id}"]`, 'off, hint, info, warning or error');
  }
  return levels;
}

function isLevel(value: unknown): value is Level | 'off' {
  return value === 'off' || value === 'hint' || value === 'info' || value === 'warning' || value === 'error';
}

/** `a.b` in `{ "a.b": … }` or `{ "a": { "b": … } }`. */
function lookUp(sent: unknown, name: string): unknown {
  if (typeof sent !== 'object' || sent === null) return undefined;
  const held = sent as Record<string, unknown>;
  if (Object.hasOwn(held, name)) return held[name];
  const dot = name.indexOf('.');
  return dot < 0 ? undefined : lookUp(held[name.slice(0, dot)], name.slice(dot + 1));
}
