// A file brought to another engine version: what is safe is done, what a person must decide is left and named. For every family.
import { analyze } from '../analyze.ts';
import type { Facts, FileKind, Finding, Settings } from '../finding.ts';
import { versionOf } from '../schema/versions.ts';
import { mend } from './fixes.ts';

export interface Updated {
  /** The text with every safe fix applied. */
  readonly text: string;
  /** What the safe fixes mended, with spans in the text that each was found in. */
  readonly applied: readonly Finding[];
  /** Errors and warnings that are left, with spans in the new text. */
  readonly left: readonly Finding[];
}

/** @param version of the engine that the file's family is judged by, `major.minor[.patch]` */
export function update(
  text: string,
  kind: FileKind,
  facts: Facts,
  settings: Settings,
  version: string,
): Updated {
  const versions = { ...settings.versions, [versionOf[kind.family]]: version };
  const wanted: Settings = { ...settings, versions };
  const mended = mend(text, kind, facts, wanted);
  const { findings } = analyze(mended.text, kind, facts, wanted);
  return { ...mended, left: findings.filter(({ level }) => level === 'error' || level === 'warning') };
}
