// What clients send as facts comes from outside: here it becomes a value that the core may trust.
import type { DockerFacts, Facts, Versions } from '../core/finding.ts';

/** The facts in what was sent; what does not fit is left out and named to `complain`. */
export function readFacts(sent: unknown, complain: (problem: string) => void): Facts {
  const versions = readVersions(partOf(sent, 'versions', complain), complain);
  const docker = readDocker(partOf(sent, 'docker', complain), complain);
  return {
    ...(Object.keys(versions).length > 0 && { versions }),
    ...(docker && { docker }),
  };
}

type Part = Readonly<Record<string, unknown>>;

function partOf(sent: unknown, name: string, complain: (problem: string) => void): Part | undefined {
  const held = typeof sent === 'object' && sent !== null ? (sent as Part)[name] : undefined;
  if (held === undefined || held === null) return undefined;
  if (typeof held === 'object' && !Array.isArray(held)) return held as Part;
  complain(`facts: ${name} is no object, it is left out`);
  return undefined;
}

function readVersions(sent: Part | undefined, complain: (problem: string) => void): Partial<Versions> {
  const found: Record<string, string> = {};
  for (const name of ['docker', 'containersStorage', 'kubernetes'] as const) {
    const version = sent?.[name];
    if (version === undefined) continue;
    if (typeof version === 'string' && /^v?\d+(\.\d+){0,2}/.test(version)) found[name] = version;
    else complain(`facts: versions.${name} is no version, it is left out`);
  }
  const platform = sent?.['platform'];
  if (platform === undefined) return found;
  if (platform === 'linux' || platform === 'windows') return { ...found, platform };
  complain('facts: versions.platform is neither linux nor windows, it is left out');
  return found;
}

/** All of it or nothing: half of what an engine says of itself is of no use. */
function readDocker(sent: Part | undefined, complain: (problem: string) => void): DockerFacts | undefined {
  if (sent === undefined) return undefined;
  const { dataRoot, driver, usernsRemap, containers, images } = sent;
  const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
  if (
    typeof dataRoot === 'string' &&
    typeof driver === 'string' &&
    typeof usernsRemap === 'boolean' &&
    isCount(containers) &&
    isCount(images)
  )
    return { dataRoot, driver, usernsRemap, containers: Number(containers), images: Number(images) };
  complain('facts: docker lacks a part or holds one of another kind, it is left out');
  return undefined;
}
