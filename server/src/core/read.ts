// The tree of a file with the problems that its engine has in this version: front ends know formats, not who reads them.
import type { FileKind, Versions } from './finding.ts';
import { trimSpace } from './formats.ts';
import { atLeast } from './schema/versions.ts';
import { frontEnds } from './syntax/frontEnds.ts';
import { parseToml } from './syntax/toml.ts';
import type { TomlRelease } from './syntax/tomlRelease.ts';
import type { Problem, Tree } from './syntax/tree.ts';

/** Reads a text as the engine of its kind does. Never throws. */
export function read(text: string, kind: FileKind, versions: Versions): Tree {
  const whole = kind.family === 'daemon' && atLeast(versions.docker, '23.0') ? asNewDockerd(text) : text;
  const tree =
    kind.format === 'toml'
      ? parseToml(whole, tomlOf(versions.containersStorage))
      : frontEnds[kind.format].parse(whole);
  if (kind.format !== 'json') return tree;
  if (kind.family === 'k8s') return asKubectl(text, tree);
  return kind.family === 'daemon' && !atLeast(versions.docker, '23.0') ? asOldDockerd(text, tree) : tree;
}

/** The TOML reader that is built into a version (go.mod of containers/storage, of Podman and of go.podman.io/storage). */
function tomlOf(containersStorage: string): TomlRelease {
  if (atLeast(containersStorage, '1.63')) return 6;
  if (atLeast(containersStorage, '1.55')) return 4;
  return atLeast(containersStorage, '1.47') ? 3 : 2;
}

/**
 * kubectl reads a manifest that is no JSON as YAML, and as a stream where one object follows another (kubernetes pull request
 * 130666, apimachinery pkg/util/yaml/decoder.go): what either allows is no mistake in a manifest.
 */
function asKubectl(text: string, tree: Tree): Tree {
  const strict = tree.problems.filter(({ code }) => code === 'not-strict-json');
  if (strict.length === 0) return tree;
  const stream = strict.every(({ message, span }) => message === 'after-end' && text[span.start] === '{');
  // To YAML `// note` is a key, which the server refuses as unknown.
  const slashes = strict.some(({ message, span }) => message === 'comment' && text[span.start] === '/');
  const yaml = () => frontEnds.yaml.parse(text).problems.every(({ code }) => code !== 'yaml-syntax');
  return stream || (!slashes && yaml())
    ? { ...tree, problems: tree.problems.filter((one) => !strict.includes(one)) }
    : tree;
}

/** From 23.0 on dockerd cuts off what Go takes for blanks, not just those of JSON, at both ends (bytes.TrimSpace; RUN 28.5.2). */
function asNewDockerd(text: string): string {
  const mark = text.startsWith('\uFEFF') ? 1 : 0;
  const kept = trimSpace(text.slice(mark));
  if (kept.length === text.length - mark) return text;
  const start = text.indexOf(kept, mark);
  const blank = (from: number, to: number) => text.slice(from, to).replace(/[^\t\n\r ]/g, ' ');
  return text.slice(0, mark) + blank(mark, start) + kept + blank(start + kept.length, text.length);
}

/**
 * Up to 20.10 dockerd decoded the first JSON value and looked at nothing behind it; it had no use for an empty file or a byte
 * order mark (tried on 20.10.24; 23.0 daemon/config/config.go reads the whole file).
 */
function asOldDockerd(text: string, tree: Tree): Tree {
  const root = tree.documents[0]?.root;
  if (root === undefined || tree.documents[0]?.templated === true) return tree;
  const first: Problem[] = [];
  const start = { start: 0, end: Math.min(1, text.length) };
  if (text.startsWith('\uFEFF')) {
    first.push({
      code: 'not-strict-json',
      message: 'byte-order-mark',
      span: start,
      edits: [{ span: start, text: '' }],
    });
  } else if (text.trim() === '') first.push({ code: 'not-strict-json', message: 'empty-file', span: start });
  const seen = tree.problems.filter(({ span }) => root.kind === 'missing' || span.start < root.span.end);
  return { ...tree, problems: [...first, ...seen] };
}
