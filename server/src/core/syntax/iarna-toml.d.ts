// The one entry of @iarna/toml that is used; its own types need Node's.
declare module '@iarna/toml/parse-string.js' {
  /** Throws an error that carries `pos` (UTF-16 units read so far) where the text is not TOML. */
  const parse: (text: string) => unknown;
  export = parse;
}
