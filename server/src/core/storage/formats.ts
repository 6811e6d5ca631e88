// What overlay wants of the entries of additionalimagestores and additionallayerstores. Pure: text in, problem id out.
// Sources: storage/drivers/overlay/overlay.go parseOptions (containers/storage 1.43 to 1.65; run on all of them).

/** A path, or several separated by commas; nothing at all is passed over. */
export function imageStore(text: string): 'not-absolute' | undefined {
  return text === '' || text.split(',').every((one) => one.startsWith('/')) ? undefined : 'not-absolute';
}

/** The same, each path with perhaps one `:ref` behind it. */
export function layerStore(text: string): 'not-absolute' | 'not-a-layer-store' | undefined {
  if (text === '') return undefined;
  const stores = text.split(',').map((one) => one.split(':'));
  if (!stores.every(([path = '']) => path.startsWith('/'))) return 'not-absolute';
  const ends = stores.map(([, ...options]) => options.join(':'));
  return ends.every((end, index) => end === 'ref' || stores[index]?.length === 1)
    ? undefined
    : 'not-a-layer-store';
}
