// Access modes that make no sense for a claim: its class lies in the same file, and the driver of that has no such volumes.
import type { Analysis } from '../analyze.ts';
import { classDriver, classNamed } from '../kubernetes/classes.ts';
import { abilitiesOf } from '../kubernetes/csiDrivers.ts';
import type { Bound } from '../schema/bind.ts';
import { get, text } from '../syntax/tree.ts';

/** The modes that the driver behind the claim at an offset cannot give; none where it is not known. */
export function impossibleModes({ binding }: Analysis, offset: number): readonly string[] {
  let claim: Bound | undefined = binding.find(offset);
  while (claim !== undefined && claim.definition?.part !== 'k8s#ClaimSpec') claim = claim.parent;
  const name = text(get(claim?.node, 'storageClassName'));
  const can = abilitiesOf(classDriver(classNamed(binding, name)));
  if (claim === undefined || can === undefined || text(get(claim.node, 'volumeName'))) return [];
  const isBlock = text(get(claim.node, 'volumeMode')) === 'Block';
  return [...(can.never ?? []), ...(isBlock ? [] : (can.neverMounted ?? []))];
}
