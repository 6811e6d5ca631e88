// What the loader of storage.conf says of a key that it does not know.
import { atLeast } from '../schema/versions.ts';

/**
 * Whether it prints a warning. From 1.63 on the line is only for --log-level debug, and Podman 5.8 reads the file before it
 * looks at that. (storage/types/options.go at 1.62, storage/pkg/configfile/parse.go:487 at 1.64; RUN Podman 4.3.1 and 5.8.6, Skopeo 1.22)
 */
export function warnsOfUnknown(version: string): boolean {
  return !atLeast(version, '1.63');
}
