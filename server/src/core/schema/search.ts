// Names that are nearly right, and names that are right elsewhere.
import { distance } from 'fastest-levenshtein';
import type { Family } from '../finding.ts';
import type { Definition, EnumValue } from './definition.ts';
import { exists } from './describe.ts';
import { members, schemas } from './load.ts';

/** The one name that a slip of at most a third of its letters, or of fewer, explains; undefined where none or several do. */
export function nearest(name: string, candidates: Iterable<string>, fewer = 99): string | undefined {
  const most = Math.min(fewer, Math.max(1, Math.floor(name.length / 3)));
  const plain = (text: string) => text.toLowerCase().replace(/[-_]/g, '');
  const ranked = [...new Set(candidates)]
    .map((candidate) => ({ candidate, far: distance(plain(name), plain(candidate)) }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far);
  const [best, second] = ranked;
  return best !== undefined && best.far !== second?.far ? best.candidate : undefined;
}

/** The listed value that a text means: it is a short form of it, or nearly it. */
export function meantValue(text: string, values: readonly EnumValue[]): string | undefined {
  const short = values.find((one) => one['x-short']?.includes(text.toUpperCase()));
  const names = values.map(({ value }) => String(value));
  return short === undefined ? nearest(text, names) : String(short.value);
}

/** The members of a definition that a version takes, by name. */
export function knownNames(definition: Definition | undefined, version: string): string[] {
  return members(definition)
    .filter(([, member]) => exists(member, version))
    .map(([name]) => name);
}

/** Every path of a family's first root under which a version takes a member of this name, the shallowest first. */
export function homesOf(family: Family, name: string, version: string): (readonly string[])[] {
  const root = schemas[family].roots[''];
  const found: (readonly string[])[] = [];
  const visit = (definition: Definition | undefined, path: readonly string[]) => {
    for (const [known, member] of members(definition)) {
      if (!exists(member, version)) continue;
      if (known === name && member.properties === undefined) found.push(path);
      visit(member, [...path, known]);
    }
  };
  visit(root, []);
  return found.sort((a, b) => a.length - b.length);
}
