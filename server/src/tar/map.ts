// Passes a tar through while it gives every entry another place: what does not change is passed on byte for byte.
import { plainName } from './names.ts';
import { type TarEntry, tarReader } from './read.ts';
import { END, headerWith, padding } from './write.ts';

/** Where an entry goes: its path and, for hard links, its target, as the new archive shall write them; undefined leaves it out. */
export type Place = (entry: TarEntry, name: string) => { path: string; link: string } | undefined;

/** The same archive with entries placed anew, ended by two zero blocks. @throws TarError where the tar is not whole */
export async function* mapTar(source: AsyncIterable<Buffer>, place: Place): AsyncGenerator<Buffer> {
  const reader = tarReader();
  let kept = true;
  let size = 0;
  for await (const chunk of source) {
    const out: Buffer[] = [];
    for (const part of reader.push(chunk)) {
      if (part.kind === 'entry') {
        const to = place(part.entry, plainName(part.entry.path));
        kept = to !== undefined;
        size = part.entry.size;
        if (to) out.push(headerWith(part.entry, to.path, to.link));
      } else if (!kept) continue;
      else if (part.kind === 'data') out.push(part.bytes);
      else if (size % 512 !== 0) out.push(padding(size));
    }
    if (out.length > 0) yield out.length === 1 && out[0] ? out[0] : Buffer.concat(out);
  }
  reader.finish();
  yield END;
}
