// Answers what containers/storage takes from all its files together, as a text with links.
import { isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { storageQuestion } from '../beside/storageFiles.ts';
import type { Locale } from '../core/locale.ts';
import { newest } from '../core/schema/versions.ts';
import { effectiveStorage } from '../core/storage/effective/effective.ts';
import { effectiveText } from '../core/storage/effective/text.ts';
import { toRange } from './convert.ts';
import type { EffectiveStorageAnswer, EffectiveStorageParams } from './protocol.ts';

/** The answer; null where what was sent asks for nothing that there is. */
export function effectiveStorageAnswer(
  sent: unknown,
  env: NodeJS.ProcessEnv,
  locale: Locale | undefined,
): EffectiveStorageAnswer | null {
  const asked = readParams(sent);
  if (asked === undefined) return null;
  const { uid, root, version = newest.containersStorage } = asked;
  const result = effectiveStorage(storageQuestion({ version, uid, root, env }));
  const { text, links } = effectiveText(result, locale);
  const document = TextDocument.create('', 'toml', 0, text);
  return {
    text,
    links: links.map(({ span, file, line }) => ({
      range: toRange(document, span),
      uri: pathToFileURL(root === undefined ? file : join(root, file)).href,
      line,
    })),
    uid: result.uid,
    version,
    read: result.read.length,
    stops: result.stop !== undefined,
  };
}

/** What was sent, part by part; undefined where a part is of another kind than it should be. */
function readParams(sent: unknown): EffectiveStorageParams | undefined {
  if (sent === null || sent === undefined) return {};
  if (typeof sent !== 'object') return undefined;
  const { uid, version, root }: { uid?: unknown; version?: unknown; root?: unknown } = sent;
  const isUid = typeof uid === 'number' && Number.isInteger(uid) && uid >= 0 && uid < 2 ** 32;
  const isVersion = typeof version === 'string' && /^\d+(\.\d+){0,2}$/.test(version);
  const isRoot = typeof root === 'string' && isAbsolute(root);
  if (
    (uid !== undefined && !isUid) ||
    (version !== undefined && !isVersion) ||
    (root !== undefined && !isRoot)
  )
    return undefined;
  return { ...(isUid && { uid }), ...(isVersion && { version }), ...(isRoot && { root }) };
}
