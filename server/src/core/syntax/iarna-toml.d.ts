// The two entries of @iarna/toml that are used; its own types need Node's.
declare module '@iarna/toml/parse-string.js' {
  /** Throws an error that carries `pos` (UTF-16 units read so far) where the text is not TOML. */
  const parse: (text: string) => unknown;
  export = parse;
}

declare module '@iarna/toml/stringify.js' {
  /** A table as a text. */
  const stringify: ((table: object) => string) & {
    /** What stands behind `key = `. */
    readonly value: (value: unknown) => string;
  };
  export = stringify;
}
