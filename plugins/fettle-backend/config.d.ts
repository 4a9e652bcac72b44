import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';
import type { HumanDuration } from '@backstage/types';

export interface Config {
  /** Fettle keeps repositories in good condition. */
  fettle?: {
    /** A reading older than this is shown as stale. Default: 6 hours. */
    staleAfter?: HumanDuration | string;
    discover?: {
      /** How often the catalog and the sources are asked which repositories there are. Default: 30 seconds. */
      every?: HumanDuration | string;
      /** Kinds of entities whose source location names their repository. Default: Component. */
      kinds?: string[];
      /** What the catalog and the sources no longer name is forgotten, history included, after this. Default: 10 minutes. */
      forgetAfter?: HumanDuration | string;
    };
    collect?: {
      /** How often a repository is read when nothing tells of a change. Default: 1 hour. */
      every?: HumanDuration | string;
      /** How long one reading may take. Default: 5 minutes. */
      timeout?: HumanDuration | string;
      /** Readings at the same time in one replica. Default: 8. */
      concurrency?: number;
    };
    history?: {
      /** History older than this many days is deleted. Default: 400. */
      keepDays?: number;
    };
    deliveries?: {
      /** A delivery may have this many bytes. Default: 25 MiB, the most that hosts send. */
      maxBytes?: number;
      /** Deliveries older than this many days are deleted. Default: 14. */
      keepDays?: number;
      /** Topics of Backstage's events service on which hosts deliver already. Default: none. */
      topics?: string[];
    };
    pipelines?: {
      /** Runs older than this many days are deleted; their numbers by day are kept as long as history. Default: 90. */
      keepDays?: number;
      /** How often a host is asked about the runs of a repository, for what its deliveries did not say. Default: 10 minutes. */
      reconcileEvery?: HumanDuration | string;
      /** How many days back the first question about a repository goes. Default: 14. */
      firstDays?: number;
      /** Environments that count as production where their host does not say. Default: production, prod, live. */
      productionEnvironments?: string[];
    };
    scans?: {
      /** Scans at the same time in one replica. Default: 1. */
      concurrency?: number;
      /** How long one scan of a repository by one scanner may take. Default: 1 minute. */
      timeout?: HumanDuration | string;
      /** Whether what commits added is scanned too, for what is not undone by removing it (secrets), where the source has histories. Default: true. */
      history?: boolean;
      /** How long the scan of one history may take. Default: 30 minutes. */
      historyTimeout?: HumanDuration | string;
      /** Memory that one scan may use. Default: 512. */
      memoryMiB?: number;
    };
    releases?: {
      /** Packages about which registries are asked in a minute, where a module knows one; those that repositories ask for by themselves come first. Default: 60. */
      perMinute?: number;
      /** How often a registry is asked about one package. Default: 24 hours. */
      every?: HumanDuration | string;
    };
    findings?: {
      /** Days until an open finding is due. Default: critical 7, high 30, medium 90, low 180. */
      dueDays?: {
        critical?: number;
        high?: number;
        medium?: number;
        low?: number;
      };
    };
    /**
     * Policies by their ids: lower case letters, digits and dashes. Those that
     * ship with Fettle can be changed in part, or turned off.
     */
    policies?: {
      [id: string]: {
        /** Default: true. */
        enabled?: boolean;
        /** Default: the id. */
        title?: string;
        /** CEL over repository, entities, verdicts, components, findings and now; true where a repository keeps the policy. */
        condition?: string;
        /** Which repositories it is about: those that fit each part that is given. Default: all. */
        scope?: {
          /** Entity refs. */
          owners?: string[];
          /** Entity refs. */
          systems?: string[];
          /** Names; `*` stands for any part of a name. */
          repositories?: string[];
          /** CEL over repository, entities and now. */
          when?: string;
        };
        /** Default: medium. */
        severity?: 'critical' | 'high' | 'medium' | 'low' | 'unknown';
        /** What follows from a violation; each includes those before it. Default: observe. */
        level?: 'observe' | 'notify' | 'propose' | 'enforce';
        /** What to do, in plain text. */
        message?: string;
      };
    };
    /**
     * How problems are put right, by their ids; see docs/playbooks.md. Those
     * that ship with Fettle only observe, and can be changed in part, or
     * turned off.
     */
    playbooks?: {
      [id: string]: {
        /** Default: true. */
        enabled?: boolean;
        /** Default: the id. */
        title?: string;
        description?: string;
        /** What it waits for. */
        trigger?: {
          on: string;
          with?: { [name: string]: unknown };
        };
        /** CEL over the problem of the trigger (finding, verdict, run or drift), repository, entities and now. Default: always. */
        condition?: string;
        /** Which repositories it is for: those that fit each part that is given. Default: all. */
        scope?: {
          /** Entity refs. */
          owners?: string[];
          /** Entity refs. */
          systems?: string[];
          /** Names; `*` stands for any part of a name. */
          repositories?: string[];
          /** CEL over repository, entities and now. */
          when?: string;
        };
        steps?: {
          /** Unique in the playbook. */
          id: string;
          /** The step that it uses. */
          uses: string;
          /** Parameters of the step. */
          with?: { [name: string]: unknown };
          /** Ids of steps that go before it. */
          dependsOn?: string[];
        }[];
        /** How far it goes by itself; each includes those before it. Default: observe. */
        level?: 'observe' | 'propose' | 'enforce';
        approval?: {
          /** People who have to approve a plan, 0 to 5. Default: 0. */
          by?: number;
          /** How long an approval holds. Default: 3 days. */
          expiresAfter?: HumanDuration | string;
        };
        /** One remediation for each problem, or one for all of a repository. Default: repository. */
        group?: 'problem' | 'repository';
        /** `none` takes a default away. */
        limits?: {
          /** Default: 5. */
          openChanges?: number | 'none';
          /** Default: 20. */
          changesPerHour?: number | 'none';
          /** Default: none. */
          repositoriesPerDay?: number | 'none';
          /** Over 0 up to 1. Default: 0.25. */
          shareOfFleetPerDay?: number | 'none';
          /** Default: 100. */
          filesPerRun?: number | 'none';
          /** Default: 10000. */
          linesPerRun?: number | 'none';
          /** Default: none. */
          filesPerDay?: number | 'none';
          /** Default: none. */
          linesPerDay?: number | 'none';
        };
        verification?: {
          /** How long the target is given before it is read again. Default: 30 seconds. */
          settle?: HumanDuration | string;
          /** How long it has to stay right. Default: 24 hours. */
          hold?: HumanDuration | string;
          /** When it is given up. Default: 7 days. */
          timeout?: HumanDuration | string;
        };
        /** Entity refs that are told when it fails, besides the owner. */
        escalateTo?: string[];
      };
    };
    automation?: {
      /** What may be open, and begun in an hour, at most. */
      limits?: {
        /** Of each host. Default: 50 open changes, 100 changes in an hour. */
        host?: { openChanges?: number; changesPerHour?: number };
        /** Of all hosts together. Default: 200 open changes, 300 changes in an hour. */
        fleet?: { openChanges?: number; changesPerHour?: number };
      };
      /** Windows in which nothing is changed. Default: none. */
      freezes?: {
        title: string;
        /** Local time such as 2026-12-23T00:00; with `days`, a time of the day such as 08:00. */
        from: string;
        /** The same; with `days`, up to 24:00, and over midnight where it is not after `from`. */
        to: string;
        /** For example Europe/Zurich. Default: UTC. */
        timeZone?: string;
        /** Days of the week on which it begins. */
        days?: ('mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun')[];
      }[];
      /** Stops a playbook on a host where it fails, is reverted, or people close its changes. */
      breaker?: {
        /** This many of them open it. Default: 3. */
        failures?: number;
        /** Within this time. Default: 1 day. */
        within?: HumanDuration | string;
        /** After this one remediation is let through. Default: 4 hours. */
        coolOff?: HumanDuration | string;
      };
      /** Who Fettle is in the commits of its changes. */
      identity?: {
        /** Default: Fettle. */
        name?: string;
        /** Default: fettle@localhost. */
        email?: string;
        /**
         * Signs the commits that Fettle makes with git itself: the file of a
         * private key (ssh), or the id of a key (openpgp).
         * @visibility backend
         */
        signingKey?: string;
        /** Default: ssh. */
        signingFormat?: 'ssh' | 'openpgp';
      };
      /** Folders of repositories that hold playbooks in YAML files. */
      playbookFiles?: {
        /** Address of a repository that Fettle knows. */
        repository: string;
        /** A folder. Default: the whole repository. */
        path?: string;
      }[];
      /** Folders of repositories that hold standards, each as `<id>/standard.yaml`. */
      standardFiles?: {
        /** Address of a repository that Fettle knows. */
        repository: string;
        /** A folder. Default: the whole repository. */
        path?: string;
      }[];
    };
    /** Files and settings that repositories should have, by their ids; see docs/standards.md. */
    standards?: {
      [id: string]: {
        /** Default: true. */
        enabled?: boolean;
        /** Default: the id. */
        title?: string;
        description?: string;
        version?: string | number;
        /** Which repositories it is for: those that fit each part that is given. Default: all. */
        scope?: {
          /** Entity refs. */
          owners?: string[];
          /** Entity refs. */
          systems?: string[];
          /** Names; `*` stands for any part of a name. */
          repositories?: string[];
          /** CEL over repository, entities and now. */
          when?: string;
        };
        /** Values for its templates. */
        parameters?: { [name: string]: unknown };
        files?: {
          /** From the root of the repository. */
          path: string;
          content?: string;
          /** Default: replace. */
          strategy?:
            | 'replace'
            | 'create-only'
            | 'ensure-lines'
            | 'managed-block'
            | 'merge-json'
            | 'merge-yaml'
            | 'merge-toml'
            | 'three-way';
          /** Whether it has variables. Default: false. */
          template?: boolean;
          /** CEL over repository, entities and now. Default: always. */
          when?: string;
          /** Default: false. */
          executable?: boolean;
          /** How lists are merged. Default: replace. */
          lists?: 'replace' | 'add';
        }[];
        settings?: {
          /** Of the default branch. */
          protection?: {
            protected?: boolean;
            reviews?: number;
            requiredChecks?: string[];
            forcePushes?: boolean;
            deletions?: boolean;
          };
          deleteBranchOnMerge?: boolean;
          issues?: boolean;
          wiki?: boolean;
          description?: string;
          topics?: string[];
        };
      };
    };
    compliance?: {
      /** Frameworks by their ids. Those that ship with Fettle (scorecard, slsa, cis-supply-chain) can be changed in part, or turned off. */
      frameworks?: {
        [id: string]: {
          /** Default: true. */
          enabled?: boolean;
          /** Default: the id. */
          title?: string;
          version?: string;
          /** Address where it is published. */
          source?: string;
          controls?: {
            /** As the framework numbers or names it. */
            id: string;
            title: string;
            /** Checks and policies; all of them are needed. Without any, the control is not seen. */
            rests?: (
              | { check: string }
              | { policy: string; outOfScope?: 'not-applicable' | 'not-seen' }
            )[];
            /** What of the control cannot be seen by them, in a sentence. */
            unseen?: string;
          }[];
        };
      };
    };
    digests?: {
      /** When each owner is told how their repositories stand, through Backstage's notifications. Default: never. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
    /** Settings of single hosts, by their names. */
    hosts?: {
      [host: string]: {
        /** Share of the host's request limit that is left for people, 0 to below 1. Default: 0.3. */
        reserve?: number;
      };
    };
    /** Settings of single checks, by their id. */
    checks?: {
      [id: string]: {
        /** Default: true. */
        enabled?: boolean;
        /** Share in the score relative to other checks, 0.001 to 100; 0 shows the verdict without scoring it. */
        weight?: number;
        /** The check's own parameters; its page in the portal and `GET /api/fettle/checks` list them. */
        parameters?: { [name: string]: unknown };
      };
    };
  };
}
