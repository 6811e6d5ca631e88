// Names inside a volume: raw bytes as latin1 strings, relative to the volume's root, without `./`; the root itself is the empty name.
import { TarError } from './header.ts';

/** Readable form of a raw name, for messages: bytes that are not UTF-8 show as the replacement character. */
export function shown(name: string): string {
  return Buffer.from(name, 'latin1').toString('utf8');
}

/** The raw form of a text. */
export function rawName(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/**
 * An entry's name relative to the root: `./a/b/` is `a/b`. Absolute names count from the root, as every tar takes them.
 * @throws TarError unsupported, where the name climbs out with `..`
 */
export function plainName(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..'))
    throw new TarError('unsupported', `an entry climbs out of the volume: ${shown(path)}`);
  return parts.join('/');
}

/** How our archives write a plain name: the root as `./`, directories with a slash at the end. */
export function archiveName(name: string, directory: boolean): string {
  if (name === '') return './';
  return directory ? `${name}/` : name;
}

/** The name below a folder, undefined where it lies elsewhere; the folder itself is the empty name. */
export function below(name: string, folder: string): string | undefined {
  if (folder === '') return name;
  if (name === folder) return '';
  return name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : undefined;
}
