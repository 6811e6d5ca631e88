// Hover, symbols, code actions and fix-all, without a protocol around them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyze } from '../../server/src/core/analyze.ts';
import { applyEdits, codeActions, fixAll } from '../../server/src/core/features/fixes.ts';
import { hover } from '../../server/src/core/features/hover.ts';
import { type DocumentSymbol, symbols } from '../../server/src/core/features/symbols.ts';
import { localeFor } from '../../server/src/core/locale.ts';
import { familyOf } from '../../server/src/core/recognise.ts';
import { cursor } from './support.ts';

function shown(as: string, marked: string, locale?: string): string | undefined {
  const { analysis, offset } = cursor(as, marked);
  return hover(analysis, offset, localeFor(locale))?.text;
}

test('hover tells of a key, of a known value, and in Chinese', () => {
  assert.match(
    shown('daemon.json', '{ "live$0-restore": true }') ?? '',
    /\*\*live-restore\*\*.*boolean[\s\S]*--live-restore/,
  );
  assert.match(
    shown('daemon.json', '{ "storage-driver": "au$0fs" }') ?? '',
    /`aufs`[\s\S]*Removed in Docker Engine 24\.0/,
  );
  assert.match(shown('storage.conf', '[storage.options.over$0lay]\n') ?? '', /overlay/);
  assert.match(
    shown('k8s.yaml', 'apiVersion: v1\nkind: PersistentVolume\nspec:\n  cap$0acity: {}', 'zh-CN') ?? '',
    /[\u4e00-\u9fff]/,
  );
  assert.match(shown('daemon.json', '{ "storage-opts": ["over$0lay2.size=1G"] }') ?? '', /overlay2\.size/);
});

test('hover inside a string of the form name=value tells of the part that it stands on', () => {
  const at = (marked: string) => {
    const { text, analysis, offset } = cursor('daemon.json', marked);
    const found = hover(analysis, offset);
    return [text.slice(found?.span.start, found?.span.end), found?.text ?? ''] as const;
  };
  const [name, about] = at('{ "exec-opts": ["native.cgroup$0driver=systemd"] }');
  assert.equal(name, 'native.cgroupdriver');
  assert.match(about, /^\*\*native\.cgroupdriver\*\* · string[\s\S]*`cgroupfs`[\s\S]*Platform: Linux/);
  assert.match(about, /When it fails/);
  const [value, meaning] = at('{ "exec-opts": ["native.cgroupdriver=syst$0emd"] }');
  assert.equal(value, 'systemd');
  assert.match(meaning, /^`systemd`\n\n.*systemd is init[\s\S]*\*\*native\.cgroupdriver\*\*/);
  assert.equal(at('{ "exec-opts": ["native.cgroup$0driver"] }')[0], 'native.cgroupdriver');
  const [whole, list] = at('{ "exec-opts": [$0"native.cgroupdriver=systemd"] }');
  assert.equal(whole, '"native.cgroupdriver=systemd"');
  assert.match(list, /^\*\*exec-opts\*\*/);
  const filter = at('{ "builder": { "gc": { "policy": [{ "filter": ["unt$0il=48h"] }] } } }');
  assert.equal(filter[0], 'until');
  assert.match(filter[1], /^\*\*until\*\*[\s\S]*takes effect: after a restart/);
});

test('hover has nothing to say of what nobody knows', () => {
  assert.equal(shown('daemon.json', '{ "nope$0": 1 }'), undefined);
  assert.equal(shown('k8s.yaml', 'apiVersion: v1\nkind: Secret\nda$0ta: {}'), undefined);
  assert.equal(shown('storage.conf', '$0'), undefined);
});

test('symbols nest, documents of a stream go by kind and name', () => {
  const of = (as: string, text: string) => symbols(cursor(as, `${text}$0`).analysis);
  const [storage] = of('storage.conf', '[storage]\ndriver = "vfs"\n[storage.options]\nsize = ""\n');
  assert.deepEqual(
    [storage?.name, storage?.children.map(({ name }) => name)],
    ['storage', ['driver', 'options']],
  );
  assert.deepEqual(
    of(
      'k8s.yaml',
      'kind: PersistentVolume\nmetadata: { name: a }\n---\n# nothing\n---\nkind: StorageClass\n',
    ).map(({ name }) => name),
    ['PersistentVolume a', 'StorageClass'],
  );
  for (const symbol of of('daemon.json', '{ "a": [1, { "name": "x" }], "b": null }')) {
    assert.ok(symbol.span.start <= symbol.selection.start && symbol.selection.end <= symbol.span.end);
  }
});

test('symbols of TOML hold what their tables hold, wherever that is written', () => {
  const text =
    '[storage]\ndriver = "vfs"\noptions.size = "1G"\n[[x.y]]\na = [1, { b = 2 }]\n[[x.y]]\n[x.y.z]\n[storage.options.overlay]\n"in" = { c = true }\n';
  const { analysis } = cursor('storage.conf', `${text}$0`);
  const shown = (list: readonly DocumentSymbol[], depth = 0): string[] =>
    list.flatMap(({ name, detail, kind, children }) => [
      `${'  '.repeat(depth)}${name} ${kind} ${detail}`.trimEnd(),
      ...shown(children, depth + 1),
    ]);
  const found = symbols(analysis);
  assert.deepEqual(shown(found), [
    'storage map',
    '  driver string "vfs"',
    '  options map',
    '    size string "1G"',
    '    overlay map',
    '      in map',
    '        c boolean true',
    'x map',
    '  y list',
    '    0 map',
    '      a list [1, …]',
    '        0 number 1',
    '        1 map',
    '          b number 2',
    '    1 map',
    '      z map',
  ]);
  const holds = ({ span, selection, children }: DocumentSymbol): void => {
    assert.ok(span.start <= selection.start && selection.end <= span.end);
    for (const child of children) {
      assert.ok(span.start <= child.span.start && child.span.end <= span.end, child.name);
      holds(child);
    }
  };
  found.forEach(holds);
  assert.equal(found[0]?.span.end, text.trimEnd().length);
});

test('a finding offers its fixes, the best first, and a comment where the format has comments', () => {
  const { text, offset, analysis } = cursor('storage.conf', '[storage]\n  dri$0vre = "vfs"\n');
  const actions = codeActions(text, analysis, { start: offset, end: offset });
  assert.deepEqual(
    actions.map(({ preferred, edits }) => [preferred, applyEdits(text, edits)]),
    [
      [true, '[storage]\n  driver = "vfs"\n'],
      [false, '[storage]\n  # stowage-ignore unknown-key\n  drivre = "vfs"\n'],
    ],
  );
  const silenced = analyze(applyEdits(text, actions[1]?.edits ?? []), analysis.kind);
  assert.deepEqual(silenced.findings, []);
});

test('fix-all goes on until nothing safe is left, and changes nothing else', () => {
  const json = familyOf('daemon.json');
  assert.ok(json);
  const text =
    '{\n  // one\n  "storage-driver": "overlay2", /* two */\n  "storage-opts": [\n    "overlay2.override_kernel_check=true",\n    "overlay2.size=1G",\n  ],\n}\n';
  const mended = fixAll(text, json);
  assert.equal(
    mended,
    '{\n  "storage-driver": "overlay2",\n  "storage-opts": [\n    "overlay2.size=1G"\n  ]\n}\n',
  );
  assert.equal(fixAll(mended, json), mended);
});
