// Where options of a driver stand: their names and values are the drivers' own, and the rules about them know when they are read.

/** Whether a pointer leads into `storage-opts` or `log-opts`. */
export function isDriverOption(pointer: string): boolean {
  return /^daemon#\/(?:storage-opts|log-opts(?:=[\w-]+)?)\//.test(pointer);
}
