// Runs every Markdown fixture: what is reported and where, what the first fix of each finding makes of the text, and that
// the file after it is clean. `UPDATE=1` rewrites the expected parts.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { type Analysis, analyze } from '../../server/src/core/analyze.ts';
import { applyEdits, codeActions } from '../../server/src/core/features/fixes.ts';
import type { Facts, FileKind, Settings } from '../../server/src/core/finding.ts';
import { localeFor, ruleText } from '../../server/src/core/locale.ts';
import { familyOf, recognise } from '../../server/src/core/recognise.ts';
import { rules } from '../../server/src/core/rules/index.generated.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';
import {
  type Expected,
  flagsOf,
  parseFixture,
  type Section,
  withCarets,
} from '../../server/tools/fixture.ts';

const folder = new URL('./', import.meta.url);
const byId = new Map(rules.map((rule) => [rule.id, rule]));

function run(input: string, { as, options }: Section): Analysis {
  const named = options['path'] === undefined ? familyOf(as) : recognise(options['path'], input);
  assert.ok(named, `${as} is no name that --as takes, or its path is none of ours`);
  const { scope } = options;
  const kind: FileKind = scope === 'system' || scope === 'user' ? { ...named, scope } : named;
  const versions = Object.fromEntries(
    (['docker', 'containersStorage', 'kubernetes', 'platform'] as const).flatMap((name) =>
      options[name] === undefined ? [] : [[name, options[name]]],
    ),
  );
  const analysis = analyze(input, kind, factsOf(options), { versions } satisfies Settings);
  assert.deepEqual(analysis.faults, []);
  return analysis;
}

/** Flags as if a unit gave them. */
function factsOf(options: Section['options']): Facts {
  const dropIn = '/etc/systemd/system/docker.service.d/override.conf';
  const flags = flagsOf(options);
  if (flags.length === 0) return { beside: { dropIn } };
  const place = { file: '/usr/lib/systemd/system/docker.service', line: 13 };
  const words = flags.flatMap(({ name, value }) =>
    [`--${name}`, value].map((text) => ({ text, flag: name })),
  );
  const command = [{ text: '/usr/bin/dockerd' }, ...words];
  return { beside: { dropIn, command, flags: flags.map((flag) => ({ ...flag, ...place })) } };
}

function found(analysis: Analysis, rule: string, locale: string | undefined): Expected[] {
  return analysis.findings
    .filter(({ code }) => code === rule)
    .map(({ span, level, message, code }) => {
      const speaker = byId.get(code);
      assert.ok(speaker);
      return {
        start: span.start,
        end: span.end,
        text: `${level}: ${ruleText(localeFor(locale), speaker, message)}`,
      };
    });
}

/** The text after the first fix of every finding of a rule; with a cursor, after the first code action that is offered there. */
function fixedText({ input, cursor }: Section, analysis: Analysis, rule: string): string | undefined {
  if (cursor !== undefined) {
    const [action] = codeActions(input, analysis, { start: cursor, end: cursor });
    return action && applyEdits(input, action.edits);
  }
  const { tree, kind, findings } = analysis;
  const changes = findings
    .filter(({ code }) => code === rule)
    .flatMap(({ fixes: [first] }) => first?.changes ?? []);
  if (changes.length === 0) return undefined;
  const [created] = changes;
  if (created?.do === 'create') return created.text;
  return applyEdits(
    input,
    changes.flatMap((change) => frontEnds[kind.format].edit(input, tree, change)),
  );
}

for (const name of readdirSync(folder).filter((file) => file.endsWith('.md'))) {
  const rule = basename(name, '.md');
  const file = new URL(name, folder);
  let markdown = readFileSync(file, 'utf8');
  const sections = parseFixture(markdown);
  for (const section of sections) {
    test(`${rule}: ${section.title}`, () => {
      const analysis = run(section.input, section);
      const actual = found(analysis, rule, section.options['locale']);
      const fixed = fixedText(section, analysis, rule);
      if (process.env['UPDATE'] === '1') markdown = updated(markdown, section, actual, fixed);
      else {
        const { input, expected, cursor } = section;
        assert.equal(withCarets(input, actual, cursor), withCarets(input, expected, cursor));
        assert.equal(fixed, section.fixed);
      }
      if (fixed !== undefined && !fixed.startsWith('#')) {
        const left = found(run(fixed, section), rule, undefined);
        assert.ok(left.length < actual.length, 'the fixes do not mend what was found');
      }
    });
  }
  test(`${rule} has a section that is reported and one that is not`, () => {
    if (process.env['UPDATE'] === '1') writeFileSync(file, markdown);
    const all = parseFixture(markdown);
    assert.ok(
      all.some(({ expected }) => expected.length > 0) && all.some(({ expected }) => expected.length === 0),
    );
  });
}

function updated(markdown: string, section: Section, actual: Expected[], fixed: string | undefined): string {
  const at = markdown.indexOf(`## ${section.title}\n`);
  const next = markdown.indexOf('\n## ', at);
  const part = markdown.slice(at, next < 0 ? undefined : next);
  const rest = next < 0 ? '' : markdown.slice(next);
  const withoutFixed = part.replace(/\n```\w+ fixed\n[\s\S]*?^```\n?/m, '\n').trimEnd();
  const body = withoutFixed.replace(
    /^(```\w+ .*\n)[\s\S]*?^```$/m,
    (_, fence: string) => `${fence}${withCarets(section.input, actual, section.cursor)}\`\`\``,
  );
  const fix =
    fixed === undefined
      ? ''
      : `\n\n\`\`\`${fixed.startsWith('#') ? 'ini' : section.language} fixed\n${fixed}\`\`\``;
  return `${markdown.slice(0, at)}${body}${fix}\n${rest}`;
}
