// Docker's event stream, boiled down to what a list of volumes must know. Our own helpers make no noise.
import type Docker from 'dockerode';
import { HELPER_LABEL } from './dockerHelper.ts';
import type { VolumeEvent } from './port.ts';

/** The part of an event that is read here. */
interface DockerEvent {
  readonly Type?: string;
  readonly Action?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
}

/** What can change who uses a volume. */
const CONTAINER_ACTIONS = new Set(['create', 'destroy', 'start', 'die', 'rename']);

/** Events until the signal or the connection ends. */
export async function* dockerEvents(docker: Docker, signal: AbortSignal): AsyncGenerator<VolumeEvent> {
  const stream = await docker.getEvents({ filters: { type: ['volume', 'container'] }, abortSignal: signal });
  const helpers = new Set<string>();
  let rest = '';
  for await (const chunk of stream) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = line.trim() === '' ? undefined : toVolumeEvent(JSON.parse(line), helpers);
      if (event) yield event;
    }
  }
}

/** The change that an event stands for; undefined where it is none. Remembers helpers as they come by. */
export function toVolumeEvent(event: DockerEvent, helpers: Set<string>): VolumeEvent | undefined {
  const { ID = '', Attributes = {} } = event.Actor ?? {};
  if (event.Type === 'container') {
    if (HELPER_LABEL in Attributes) helpers.add(ID);
    return !helpers.has(ID) && CONTAINER_ACTIONS.has(event.Action ?? '') ? { kind: 'changed' } : undefined;
  }
  if (event.Type !== 'volume' || helpers.has(Attributes['container'] ?? '')) return undefined;
  // One prune event without a name stands for all volumes that went.
  return ID === '' ? { kind: 'resync' } : { kind: 'changed', volume: ID };
}
