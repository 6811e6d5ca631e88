// What becomes of a key, as dockerd 20.10.24 and 28.5.2 and the two loaders of storage.conf were seen to treat it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bind } from '../../server/src/core/schema/bind.ts';
import { type KeyFate, keyFate } from '../../server/src/core/schema/fate.ts';
import { newest } from '../../server/src/core/schema/versions.ts';
import { frontEnds } from '../../server/src/core/syntax/frontEnds.ts';

/** The fate of the first key of a daemon.json. */
function fate(text: string, docker: string): KeyFate | undefined {
  const kind = { family: 'daemon', format: 'json', scope: 'unknown' } as const;
  const place = bind(frontEnds.json.parse(text), kind).all[1];
  return place && keyFate(place, 'daemon', { ...newest, docker });
}

const seen: [text: string, docker: string, fate: KeyFate][] = [
  ['{"debug": true}', '20.10.24', 'taken'],
  ['{"Debug": true}', '28.5.2', 'unknown'],
  ['{"nonsense": 1}', '28.5.2', 'unknown'],
  ['{"nonsense": {}}', '28.5.2', 'ignored'],
  ['{"nonsense": {"debug": true}}', '28.5.2', 'ignored'],
  ['{"nonsense": {"debug": true, "a": 1}}', '28.5.2', 'unknown'],
  ['{"containerd-plugin-namespace": "x"}', '20.10.24', 'unknown'],
  ['{"label": ["a=b"]}', '20.10.24', 'ignored'],
  ['{"label": {"a": "b"}}', '20.10.24', 'unknown'],
  ['{"feature": true}', '20.10.24', 'not-yet'],
  ['{"http-proxy": "x"}', '20.10.24', 'not-yet'],
  ['{"http-proxy": "x"}', '28.5.2', 'ignored'],
  ['{"firewall-backend": "nftables"}', '28.5.2', 'not-yet'],
  ['{"firewall-backend": "nftables"}', '29.0', 'taken'],
  ['{"graph": "/srv"}', '20.10.24', 'taken'],
  ['{"graph": "/srv"}', '23.0', 'removed'],
  ['{"graph": ""}', '23.0', 'ignored'],
  ['{"graph": ""}', '28.5.2', 'removed'],
  ['{"oom-score-adjust": 0}', '25.0', 'ignored'],
  ['{"oom-score-adjust": -500}', '25.0', 'removed'],
  ['{"api-cors-header": "*"}', '28.5.2', 'removed'],
  ['{"deprecated-key-path": 7}', '28.5.2', 'ignored'],
];

test('keys of daemon.json', () => {
  for (const [text, docker, expected] of seen)
    assert.equal(fate(text, docker), expected, `${text} on ${docker}`);
});
