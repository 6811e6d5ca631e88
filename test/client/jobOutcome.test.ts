// What a job said of a volume's old content reaches the user, whatever the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from '../../client/src/jobOutcome.ts';
import type { JobEvent, JobEventBody } from '../../server/src/backup/events.ts';

const event = (body: JobEventBody): JobEvent => ({ v: 1, time: '2026-01-01T00:00:00.000Z', ...body });
const base = { code: 1, events: [], stderr: [], cancelled: false, nameless: 'code 1' };
const kept = event({ event: 'kept', archive: '/b/undo.tar.zst', message: 'A copy lies in /b.' });
const lost = event({ event: 'warning', id: 'old-content-lost', message: 'The old content is not back.' });
const failed = (reason: string) => event({ event: 'failed', reason, message: 'No space.' });

test('a cancelled job says nothing', () => {
  const events = [event({ event: 'warning', id: 'x', message: 'x' }), failed('cancelled')];
  assert.deepEqual(outcomeOf({ ...base, events, cancelled: true }), { outcome: 'cancelled', warnings: [] });
});

test('a cancelled replacement says where the old content is', () => {
  const outcome = outcomeOf({ ...base, events: [kept, lost, failed('cancelled')], cancelled: true });
  assert.deepEqual(outcome, {
    outcome: 'cancelled',
    warnings: ['The old content is not back.', 'A copy lies in /b.'],
  });
});

test('a failed replacement says why and where the old content is', () => {
  const outcome = outcomeOf({ ...base, events: [kept, lost, failed('no-space')] });
  assert.deepEqual(outcome, {
    outcome: 'failed',
    message: 'No space. The old content is not back. A copy lies in /b.',
  });
});

test('a failure without an event is told by its last words, else by its code', () => {
  assert.deepEqual(outcomeOf({ ...base, stderr: ['noise', 'stowage: no such engine'] }), {
    outcome: 'failed',
    message: 'no such engine',
  });
  assert.deepEqual(outcomeOf(base), { outcome: 'failed', message: 'code 1' });
});

test('a job that finished before it could be cancelled is done', () => {
  assert.equal(outcomeOf({ ...base, code: 0, cancelled: true }).outcome, 'done');
});
