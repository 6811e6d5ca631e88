// A setting after which the images and containers of this host seem gone.
import { defineRule } from '../rule.ts';
import { text } from '../syntax/tree.ts';

export const rule = defineRule({
  id: 'data-hidden',
  families: ['daemon'],
  level: 'hint',
  effect: 'risk',
  fix: 'none',
  docs: {
    what: 'With this setting dockerd looks for images, containers and perhaps volumes in another place than before.',
    why: 'Each storage driver has a store of its own; another `data-root` is another host as far as dockerd knows; and with `userns-remap` everything moves into a folder named after the user. Nothing is deleted, but `docker ps -a`, `docker images` and with a new data root `docker volume ls` are empty until the setting is taken back, and containers that are created anew begin without their data.',
    instead:
      'Back volumes up first. Move the data root with the daemon stopped (`rsync -aHAX`), or save images with `docker save` and load them afterwards.',
    source: [
      'https://docs.docker.com/engine/security/userns-remap/',
      'https://docs.docker.com/engine/storage/drivers/select-storage-driver/',
      'daemon/daemon.go, daemon/config/config_linux.go:188-194 (29.7); run on 20.10.24',
    ],
  },
  messages: {
    'data-root':
      'The connected Docker keeps {containers} containers and {images} images in {now}. With this data root it starts empty, volumes included: back up and move {now} first.',
    'storage-driver':
      'The connected Docker uses {now} for {containers} containers and {images} images. With this storage driver they are hidden until you change back: save what you need first.',
    'userns-remap':
      'The connected Docker has {containers} containers, {images} images and its volumes without user remapping. With this setting it starts empty: back up first.',
    'userns-general':
      'On a host that has run without it, `userns-remap` hides all existing images, containers and volumes. Turn it on before the host has data, or back up first.',
  },
  at: ['daemon#/data-root', 'daemon#/storage-driver', 'daemon#/userns-remap'],
  check({ bound, kind, facts: { docker }, report }) {
    const value = text(bound.node);
    const key = bound.definition?.name;
    if (value === undefined || value === '') return;
    const known = kind.live === true ? docker : undefined;
    const atStake = known !== undefined && known.containers + known.images > 0;
    const args = { containers: String(known?.containers), images: String(known?.images) };
    const tell = (message: string, now: string) =>
      report(bound.node, message, { level: 'warning', args: { ...args, now } });
    if (key === 'userns-remap' && known === undefined) report(bound.node, 'userns-general');
    if (known === undefined || !atStake) return;
    if (key === 'data-root' && !sameFolder(value, known.dataRoot)) tell('data-root', known.dataRoot);
    if (key === 'storage-driver' && value !== known.driver) tell('storage-driver', known.driver);
    if (key === 'userns-remap' && !known.usernsRemap) tell('userns-remap', '');
  },
});

/** The root that a remapped engine names ends in a folder for the user. */
function sameFolder(asked: string, used: string): boolean {
  const plain = (path: string) => path.replace(/\/+$/, '').replace(/\/\d+\.\d+$/, '');
  return plain(asked) === plain(used);
}
