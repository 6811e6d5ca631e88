// What completion writes in TOML besides plain keys: headers of tables, tables with their usual keys, and keys with dots.
import type { Analysis } from '../analyze.ts';
import { type Locale, word } from '../locale.ts';
import type { Definition } from '../schema/definition.ts';
import { describe, exists, isDeprecated, schemaText } from '../schema/describe.ts';
import { members, schemas } from '../schema/load.ts';
import { atLeast } from '../schema/versions.ts';
import { hasOptions, knows, namedDriver, optionAt } from '../storage/drivers.ts';
import { type MapNode, type Node, type Span, target } from '../syntax/tree.ts';
import type { Completion } from './completion.ts';
import { detail } from './offer.ts';
import type { HeaderPlace, ValuePlace } from './place.ts';
import { nodesAt, takesDots, valueFolded } from './placeToml.ts';
import { escapeSnippet, renumbered, valueSnippet } from './snippets.ts';
import { templates } from './templates.ts';

/** Whole files where nothing but comments is written yet. */
export function wholeFiles(
  source: string,
  { versions, tree }: Analysis,
  { replace, brackets }: HeaderPlace,
  locale: Locale | undefined,
): Completion[] {
  const root = tree.documents[0]?.root;
  const isEmpty = root?.kind === 'map' && root.entries.every(({ key }) => key.span.start === replace.start);
  if (!isEmpty || brackets !== '' || source.slice(replace.end).trim() !== '') return [];
  return templates(versions.containersStorage, locale).map(({ title, about, text }, order) => {
    const label = `[storage] ${title}`;
    return {
      label,
      kind: 'table',
      detail: about,
      documentation: `\`\`\`toml\n${text}\`\`\``,
      replace,
      insert: escapeSnippet(text),
      filter: label,
      deprecated: false,
      sort: `0${order}`,
    };
  });
}

/** What people write into a table first, in this order. */
const usual: Readonly<Record<string, readonly string[]>> = {
  storage: ['driver', 'runroot', 'graphroot'],
  'storage.options.pull_options': ['enable_partial_images', 'use_hard_links'],
  'storage.options.overlay': ['mountopt'],
  'storage.options.vfs': ['ignore_chown_errors'],
  'storage.options.btrfs': ['min_space'],
  'storage.options.zfs': ['fsname', 'mountopt'],
};

/** The tables that the version has and the file lacks, those of the driver first; each alone, and with its usual keys where no key follows. */
export function headers(analysis: Analysis, place: HeaderPlace, locale: Locale | undefined): Completion[] {
  const { versions, binding } = analysis;
  const version = versions.containersStorage;
  const [root] = binding.roots;
  if (root === undefined) return [];
  const driver = namedDriver(root);
  return tablesOf(schemas.storage.roots[''], version).flatMap(({ path, of }, index): Completion[] => {
    if (!isFree(root.node, path, place.replace)) return [];
    const label = path.join('.');
    const about = {
      kind: 'table',
      documentation: describe(of, 'storage', versions, locale, label),
      replace: place.replace,
      deprecated: isDeprecated(of, version),
    } as const;
    const order = `${place.below === true ? 3 : ''}${rank(path, driver)}${String(index).padStart(3, '0')}`;
    const header = { ...about, label, ...detail(schemaText(locale, of)), insert: `[${label}]` };
    const body = place.free ? usualKeys(label, of, version) : '';
    const offers = [{ ...header, filter: place.brackets + label, sort: `${order}0` }];
    if (body === '') return offers;
    const full = `${label} (${word(locale, 'starter-usual-keys')})`;
    const insert = `[${label}]\n${body}`;
    return [...offers, { ...header, label: full, insert, filter: place.brackets + full, sort: `${order}1` }];
  });
}

interface TableOf {
  readonly path: readonly string[];
  readonly of: Definition;
}

function tablesOf(of: Definition | undefined, version: string, path: readonly string[] = []): TableOf[] {
  return members(of).flatMap(([name, member]) => {
    if (member.properties === undefined || !exists(member, version)) return [];
    const here = [...path, name];
    return [{ path: here, of: member }, ...tablesOf(member, version, here)];
  });
}

const drivers = /^storage\.options\.(overlay|vfs|btrfs|zfs|aufs|thinpool)$/;

/** A driver's table is of use where that driver is named. */
function rank(path: readonly string[], driver: string | undefined): number {
  const of = path.join('.').match(drivers)?.[1];
  if (driver === undefined || of === undefined) return 1;
  return of === driver ? 0 : 2;
}

function usualKeys(label: string, of: Definition, version: string): string {
  const lines = (usual[label] ?? []).flatMap((name) => {
    const member = of.properties?.[name];
    if (member === undefined || !exists(member, version)) return [];
    return `${escapeSnippet(name)} =${valueSnippet(member, 'toml', version, { indent: '' })}`;
  });
  return renumbered(lines).join('\n');
}

/** Whether a header may open a table: none does, and neither brackets nor dotted keys made it or what it lies in. */
function isFree(root: Node, path: readonly string[], here: Span): boolean {
  const above = path.slice(0, -1).flatMap((_, index) => nodesAt(root, path.slice(0, index + 1)));
  if (!above.every(isTable)) return false;
  return nodesAt(root, path).every(
    (node) => node.kind === 'missing' || (isTable(node) && isImplied(node, here)),
  );
}

function isTable(node: Node): node is MapNode {
  return node.kind === 'map' && node.style === 'table';
}

/** Only headers of tables below name it, or the one that is being written. */
function isImplied({ headers = [], entries }: MapNode, here: Span): boolean {
  const others = headers.filter(({ start, end }) => end < here.start || here.end < start);
  if (others.length > 0) return false;
  // The keys below the header that is being written will be in the table that it names.
  if (headers.length > 0) return true;
  return entries.every(({ value }) => {
    const below = target(value);
    return isTable(below) && ((below.headers ?? []).length > 0 || isImplied(below, here));
  });
}

/** An option with which the named driver does not start. */
export function isRefusedByDriver({ binding, versions }: Analysis, { pointer }: Definition): boolean {
  const driver = binding.roots[0] && namedDriver(binding.roots[0]);
  const option = optionAt(pointer);
  if (option === undefined || !hasOptions(driver)) return false;
  // The tables of other drivers are not read.
  if (option.table !== undefined && option.table !== driver) return false;
  return !knows(driver, option.name, versions.containersStorage);
}

/** The keys of tables below that can be written with dots from here, by the whole of what is written. */
export function dottedMembers(
  of: Definition | undefined,
  table: Node | undefined,
  version: string,
  way = '',
): (readonly [string, Definition])[] {
  return members(of).flatMap(([name, member]) => {
    const found = valueFolded(table, name);
    if (!exists(member, version)) return [];
    if (member.properties === undefined) {
      return way === '' || found !== undefined ? [] : [[way + name, member] as const];
    }
    const below = found && target(found);
    if (below !== undefined && !takesDots(below)) return [];
    return dottedMembers(member, below, version, `${way}${name}.`);
  });
}

/**
 * From 1.63 on, what adds a list to that of an earlier file instead of replacing it; any place in the list will do
 * (storage/pkg/configfile/slice.go at 1.65).
 */
export function appending(
  { kind, versions }: Analysis,
  { of, replace, present, part }: ValuePlace,
  locale: Locale | undefined,
): Completion[] {
  const takes = kind.family === 'storage' && [of?.type].flat().includes('object') && of?.name === '[]';
  if (!takes || part === true || replace.end > replace.start || present?.has('append') === true) return [];
  if (!atLeast(versions.containersStorage, '1.63')) return [];
  const insert = '{append = true\\}';
  return [
    {
      label: '{append = true}',
      kind: 'value',
      documentation: word(locale, 'append-about'),
      replace,
      insert,
      filter: '{append = true}',
      deprecated: false,
      sort: '900',
    },
  ];
}
