// A key that is right, in a table where nobody reads it.
import { defineRule, type Report } from '../rule.ts';
import { homesOf } from '../schema/search.ts';
import { typeMatches } from '../schema/types.ts';
import { warnsOfUnknown } from '../storage/undecoded.ts';
import { type Entry, type MapNode, target } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'key-in-wrong-table',
  families: ['storage'],
  level: 'warning',
  effect: 'ignored',
  fix: 'suggestion',
  docs: {
    what: 'The key exists, but belongs to another table.',
    why: 'The loader reads each key only in its own table and ignores it elsewhere (with a warning up to 1.62, silently from 1.63 on and in `pull_options`), so the default stays in effect. It happens easily: in TOML a key belongs to the last header above it, and the sample file has `[storage.options.pull_options]` above lines that belong elsewhere.',
    instead: 'Move the line under the header that the message names.',
    source: [
      'storage/types/options.go:161-260, storage/pkg/config/config.go:30-140 (containers/storage 1.64)',
    ],
  },
  messages: {
    wrong:
      '`{key}` is read only in {table}: here it is silently ignored, and the default stays in effect. Move it there.',
    warned:
      '`{key}` is read only in {table}: here the loader prints a warning and ignores it, and the default stays in effect. Move it there.',
    refused:
      '`{key}` is read only in {table}: here only strings are allowed, so the loader refuses the whole file. Move it there.',
    'fix-move': 'Move to {table}',
  },
  at: ['*'],
  check({ bound, versions, report }) {
    const holder = target(bound.node);
    if (holder.kind !== 'map') return;
    const here = bound.path.map(String);
    const unknown = new Set(bound.unknown);
    const children = new Map(bound.children.map((one) => [one.entry, one.definition]));
    for (const entry of holder.entries) {
      const misplaced = unknown.has(entry) || isLost(bound.pointer, bound.definition?.properties, entry);
      const child = children.get(entry);
      const named = child?.['x-ignored'] === undefined ? undefined : tableNamed(child['x-replaced-by']);
      if (!misplaced && named === undefined) continue;
      const path =
        named ?? home(here, homesOf('storage', String(entry.key.value), versions.containersStorage));
      const warned = unknown.has(entry) && warnsOfUnknown(versions.containersStorage);
      if (path === undefined) continue;
      // What a map of strings holds is decoded, so a number in it is refused. (RUN Podman 4.3.1, 5.8.6)
      const refused = bound.pointer === map && !typeMatches(entry.value, child, 'storage');
      report(entry.key, refused ? 'refused' : warned ? 'warned' : 'wrong', {
        ...said(entry, holder, path),
        ...(refused && { level: 'error', effect: 'refused' }),
      });
    }
  },
});

function said(entry: Entry, from: MapNode, path: readonly string[]): Report {
  const args = { key: String(entry.key.value), table: `[${path.join('.')}]` };
  return {
    args,
    fixes: [{ title: 'fix-move', args, kind: 'suggestion', changes: [{ do: 'move', from, entry, path }] }],
  };
}

/** Takes any name, but strings alone. */
const map = 'storage#/storage/options/pull_options';

/** pull_options takes any name, and reads five: one that another table has was meant for that. */
function isLost(pointer: string, known: object | undefined, { key }: Entry): boolean {
  return pointer === map && !Object.hasOwn(known ?? {}, String(key.value));
}

/** The nearest of the tables that read the key: driver tables only where nothing else does. */
function home(here: readonly string[], homes: readonly (readonly string[])[]): readonly string[] | undefined {
  const driver = here[2];
  return homes.find((path) => path[2] === undefined) ?? homes.find((path) => path[2] === driver) ?? homes[0];
}

/** `[storage.options.overlay] use_composefs`, as schemas write where a key is read, as a path. */
function tableNamed(replacedBy: string | undefined): string[] | undefined {
  return replacedBy?.match(/^\[([\w.]+)\]/)?.[1]?.split('.');
}
