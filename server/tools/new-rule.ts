// `npm run new-rule ID [daemon|storage|k8s]`: writes a rule and its fixture, to be filled in; nothing that exists is touched.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const examples = {
  daemon: { fence: 'json daemon.json', text: '{\n  "debug": true\n}', at: 'daemon#/debug' },
  storage: {
    fence: 'toml storage.conf',
    text: '[storage]\ndriver = "overlay"',
    at: 'storage#/storage/driver',
  },
  k8s: {
    fence: 'yaml k8s.yaml',
    text: 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\nprovisioner: ebs.csi.aws.com',
    at: 'k8s#StorageClass/provisioner',
  },
};

function ruleText(id: string, family: keyof typeof examples): string {
  return `// One line: what this rule guards against.
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: '${id}',
  families: ['${family}'],
  level: 'warning',
  effect: 'ignored',
  fix: 'none',
  docs: {
    what: 'What is wrong, in one sentence.',
    why: 'What the engine does about it, and what that costs.',
    instead: 'What to write instead.',
    source: ['The engine\\'s source file and version, or a link'],
  },
  messages: {
    found: '\`{value}\`: what is wrong · why · what to do.',
  },
  at: ['${examples[family].at}'],
  check({ bound, report }) {
    const value = text(bound.node);
    if (value === 'wrong') report(bound.node, 'found', { args: { value } });
  },
});
`;
}

function fixtureText(id: string, family: keyof typeof examples): string {
  const { fence, text } = examples[family];
  const block = `\`\`\`${fence}\n${text}\n\`\`\``;
  return `# ${id}\n\n## What is reported\n\n${block}\n\n## What is fine\n\n${block}\n`;
}

const [id, family = 'daemon'] = process.argv.slice(2);
const known = family === 'daemon' || family === 'storage' || family === 'k8s' ? family : undefined;
if (id === undefined || known === undefined || !/^[a-z]+(-[a-z]+)+$/.test(id)) {
  console.error(
    'usage: npm run new-rule ID [daemon|storage|k8s]\nThe id is kebab-case and reads after “the problem is”.',
  );
  process.exitCode = 2;
} else {
  const files = {
    [`server/src/core/rules/${id}.ts`]: ruleText(id, known),
    [`test/rules/${id}.md`]: fixtureText(id, known),
  };
  const there = Object.keys(files).filter((path) => existsSync(join(root, path)));
  if (there.length > 0) {
    console.error(`${there.join(' and ')} exists: choose another id.`);
    process.exitCode = 1;
  } else {
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(join(root, path), text);
      console.log(`wrote ${path}`);
    }
    console.log(
      'Fill both in, add the Chinese words to server/src/core/locales/zh-cn.json, then:\n  npm run generate\n  UPDATE=1 node --test test/rules/fixtures.test.ts',
    );
  }
}
