import type { HumanDuration } from '@backstage/types';

/** An address that is asked, with credentials where it wants some. */
interface Asked {
  /** Over https; `http` for this machine alone. */
  baseUrl?: string;
  username?: string;
  /** @visibility secret */
  token?: string;
}

/** A registry that tools may ask to update packages. */
interface PackageRegistry extends Asked {
  /** Default: false. */
  enabled?: boolean;
  /** Registries for scopes of packages. Only for `npm`. */
  scopes?: (Asked & {
    /** For example `@acme`. */
    scope: string;
    baseUrl: string;
  })[];
}

export interface Config {
  fettle?: {
    /** What steps of playbooks may use. Without it they ask nobody outside. */
    steps?: {
      updateDependency?: {
        /** Registries that tools may ask. Settings of repositories are never used. */
        registries?: {
          npm?: PackageRegistry;
          /** With the simple API. */
          pypi?: PackageRegistry;
          /** A Go module proxy. */
          go?: PackageRegistry;
          /** A sparse index of cargo. */
          crates?: PackageRegistry;
          /** With the metadata of Composer 2. */
          packagist?: PackageRegistry;
        };
        /** Paths of programs, by their names: `npm`, `cargo`, … Others are looked for in PATH. */
        tools?: { [name: string]: string };
        /** Given to the tools: proxies, certificates. Nothing of the backend's own environment is. */
        environment?: {
          /** @visibility secret */
          [name: string]: string;
        };
        /** Whether tools may be run that build packages to know what these depend on, which executes code of those packages. Default: false. */
        allowBuilds?: boolean;
        /** How long one tool may take for one project. Default: 2 minutes. */
        timeout?: string | HumanDuration;
        /** How large the folder of a tool may grow. Default: 1024. */
        maxFolderMegabytes?: number;
      };
      pinActions?: {
        /** Hosts on which actions are looked for, in this order. */
        hosts?: (Asked & { baseUrl: string })[];
      };
      pinImages?: {
        /** Registries of images that may be asked. */
        registries?: (Asked & {
          /** As it stands in names of images: `docker.io`, `ghcr.io`. */
          host: string;
        })[];
      };
    };
    /** Servers whose tools the step `call-mcp-tool` may call. */
    mcpServers?: {
      [id: string]: {
        /** Of its streamable HTTP transport. */
        url: string;
        headers?: {
          /** @visibility secret */
          [name: string]: string;
        };
        /** Those that playbooks may call. */
        tools: string[];
        /** Default: 1 minute. */
        timeout?: string | HumanDuration;
      };
    };
    /** Addresses that the step `call-webhook` may call. */
    webhooks?: {
      [id: string]: {
        url: string;
        /**
         * Signs what is sent.
         * @visibility secret
         */
        secret?: string;
        headers?: {
          /** @visibility secret */
          [name: string]: string;
        };
        /** Default: 15 seconds. */
        timeout?: string | HumanDuration;
      };
    };
  };
}
