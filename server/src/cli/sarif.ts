// SARIF 2.1.0, the format of code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };
import type { Level } from '../core/finding.ts';
import { ruleHref } from '../core/ruleHref.ts';
import { rules } from '../core/rules/index.generated.ts';
import type { Reported } from './checkFile.ts';
import type { Summary } from './formats.ts';

const levels: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
  hint: 'note',
};

/** A log with one run: the rules that spoke, what they said, and files that could not be read. */
export function sarif({ findings, errors }: Summary): object {
  const spoke = rules.filter(({ id }) => findings.some(({ code }) => code === id));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: packageJson.name,
            version: packageJson.version,
            informationUri: 'https://github.com/stowage/stowage',
            rules: spoke.map(({ id, docs, level, effect }) => ({
              id,
              shortDescription: { text: docs.what },
              fullDescription: { text: docs.why },
              help: { text: `${docs.why}\n\n${docs.instead}`, markdown: `${docs.why}\n\n${docs.instead}` },
              helpUri: ruleHref(id),
              defaultConfiguration: { level: levels[level] },
              properties: { effect },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: errors.length === 0,
            toolExecutionNotifications: errors.map(({ file, message }) => ({
              level: 'error',
              message: { text: message },
              locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) } } }],
            })),
          },
        ],
        results: findings.map((finding) =>
          result(
            finding,
            spoke.findIndex(({ id }) => id === finding.code),
          ),
        ),
      },
    ],
  };
}

function result(
  { file, line, column, endLine, endColumn, level, code, message, effect }: Reported,
  ruleIndex: number,
): object {
  return {
    ruleId: code,
    ruleIndex,
    level: levels[level],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    properties: { effect },
  };
}

/** Relative paths stay relative, with slashes and escapes; absolute ones get their scheme. */
function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}
