export interface Config {
  fettle?: {
    secrets?: {
      /**
       * Path of a file with rules in gitleaks's TOML format, in place of those
       * that come with the module. `[extend] useDefault = true` in it adds to
       * them instead. Relative to the folder that the backend is started in.
       */
      rules?: string;
      /** Globs of files in which nothing is looked for, from the root of a repository, for example `test/fixtures/**`. */
      allowPaths?: string[];
    };
  };
}
