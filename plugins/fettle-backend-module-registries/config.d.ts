/** One registry that may be asked which versions of packages there are. */
interface Registry {
  /** Default: false. A portal asks nobody outside unless it is told to. */
  enabled?: boolean;
  /** Its address, over https. Default: the public one. */
  baseUrl?: string;
  /** With `username`, the token is sent as its password. */
  username?: string;
  /** @visibility secret */
  token?: string;
}

export interface Config {
  fettle?: {
    /** Registries that tell how far behind components are. */
    registries?: {
      npm?: Registry;
      /** With the JSON API of PyPI. */
      pypi?: Registry;
      /** A Go module proxy. */
      go?: Registry;
      /** A Maven repository. */
      maven?: Registry;
      /** A sparse index of cargo. */
      crates?: Registry;
      rubygems?: Registry;
      /** With the metadata of Composer 2. */
      packagist?: Registry;
      /** The address of its package metadata (`RegistrationsBaseUrl/3.6.0`). */
      nuget?: Registry;
      pub?: Registry;
      hex?: Registry;
    };
  };
}
