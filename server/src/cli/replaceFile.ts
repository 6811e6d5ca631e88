// Writes a file so that at every moment either the old or the new text is there, whole.
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';

/** Replaces the contents of a file that exists; mode and, where permitted, owner stay. @throws what the file system says; the old text is then untouched */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const { mode, uid, gid } = statSync(path);
  const draft = `${path}.${process.pid}.partial`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    const now = statSync(draft);
    if (now.uid !== uid || now.gid !== gid) fchownSync(file, uid, gid);
    fchmodSync(file, mode & 0o7777);
    fsyncSync(file);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}
