// The requests beyond the protocol: what a document is judged for, and what bringing it to another version takes.
import { TextDocument } from 'vscode-languageserver-textdocument';
import { versionOrigin, versionsFor } from '../core/analyze.ts';
import { titleOf } from '../core/features/fixes.ts';
import { templates } from '../core/features/templates.ts';
import { update } from '../core/features/update.ts';
import type { Facts, Finding } from '../core/finding.ts';
import { findingText, type Locale } from '../core/locale.ts';
import { rules } from '../core/rules/index.generated.ts';
import { engineNames, knownIn, knownVersions, versionOf } from '../core/schema/versions.ts';
import { toRange, wholeEdit } from './convert.ts';
import type { Analysed } from './documents.ts';
import type { JudgedFor, Templates, UpdatePlan } from './protocol.ts';
import type { ServerSettings } from './settings.ts';

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** What a document is judged for; null where it is not ours. */
export function judgedFor({ analysis, facts, settings }: Analysed): JudgedFor | null {
  if (analysis === undefined) return null;
  const { kind, versions } = analysis;
  const of = versionOf[kind.family];
  return {
    family: kind.family,
    engine: engineNames[kind.family],
    version: versions[of],
    origin: versionOrigin(kind, facts, settings.analysis),
    platform: versions.platform,
    setting: `stowage.${of}.version`,
    known: knownVersions[kind.family],
    knownIn: knownIn(kind.family),
  };
}

/** What bringing a document to a version takes; null where it is not ours, or the version is none. */
export function updatePlan(
  { document, analysis, facts, settings }: Analysed,
  version: string,
  locale: Locale | undefined,
): UpdatePlan | null {
  if (analysis === undefined || !/^v?\d+(\.\d+){0,2}$/.test(version)) return null;
  const before = document.getText();
  const { text, applied, left } = update(before, analysis.kind, facts, settings.analysis, version);
  const after = TextDocument.create(document.uri, document.languageId, document.version, text);
  const say = (finding: Finding) => {
    const rule = byId.get(finding.code);
    return {
      code: finding.code,
      message: rule === undefined ? finding.message.id : findingText(locale, rule, finding),
    };
  };
  return {
    textVersion: document.version,
    edit: text === before ? null : { changes: { [document.uri]: [wholeEdit(document, text)] } },
    applied: applied.map(say),
    left: left.map((finding) => ({
      ...say(finding),
      range: toRange(after, finding.span),
      suggestions: finding.fixes.map((fix) => titleOf(finding, fix, locale)),
    })),
  };
}

/** Files to begin with, for the version that is asked for, else that of the settings. */
export function newFiles(
  { analysis }: ServerSettings,
  facts: Facts,
  version: string,
  locale: Locale | undefined,
): Templates {
  const isVersion = /^v?\d+(\.\d+){0,2}$/.test(version);
  const settings = isVersion ? { versions: { containersStorage: version } } : analysis;
  const kind = { family: 'storage', format: 'toml', scope: 'unknown' } as const;
  const { containersStorage } = versionsFor(kind, facts, settings);
  return { version: containersStorage, templates: templates(containersStorage, locale) };
}
