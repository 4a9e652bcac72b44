import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  SourceError,
  type RepositorySource,
  type RepositoryTree,
} from 'backstage-plugin-fettle-node';
import type { FettleStore, StoredRepository } from '../../store/FettleStore';
import type { LoadedStandard, StandardProblem } from '../LoadedStandard';
import {
  loadStandardFile,
  parseStandardFile,
  StandardFileError,
} from './readStandardFile';

const MOST_STANDARDS = 100;
const MOST_BYTES = 256 * 1024;
const TIMEOUT_MS = 60_000;
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const NAME = 'standard.yaml';

/** Where standards are written: `<path>/<id>/standard.yaml`, with the files that it names beside it. */
export interface StandardFolder {
  /** As config writes it. */
  repository: string;
  /** `''` for the root. */
  path: string;
}

interface Read {
  standard: LoadedStandard | null;
  problem: StandardProblem | null;
}

/** The standards of a folder, as they were read last with success. */
export class StandardFiles {
  #commit: string | null = null;
  #read = new Map<string, Read>();
  #problem: StandardProblem | null = null;
  #reading: Promise<boolean> | undefined;
  #wasRead = false;

  constructor(
    private readonly options: {
      folder: StandardFolder;
      findRepository: (remote: string) => Promise<string | undefined>;
      store: Pick<FettleStore, 'getRepository'>;
      sources: () => ReadonlyMap<string, RepositorySource>;
      logger: LoggerService;
    },
  ) {}

  standards(): LoadedStandard[] {
    return [...this.#read.values()].flatMap(({ standard }) => standard ?? []);
  }

  problems(): StandardProblem[] {
    const inner = [...this.#read.values()].flatMap(
      ({ problem }) => problem ?? [],
    );
    return this.#problem ? [this.#problem, ...inner] : inner;
  }

  /**
   * Whether it was read since the backend started, with nothing left out that
   * may have been in force before.
   */
  wasRead(): boolean {
    return this.#wasRead;
  }

  /** Reads where the head moved since; true where anything changed. */
  refresh(): Promise<boolean> {
    this.#reading ??= this.#refresh().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #refresh(): Promise<boolean> {
    const { folder, store, findRepository, logger } = this.options;
    try {
      const id = await findRepository(folder.repository);
      const repository = id && (await store.getRepository(id));
      if (!repository) {
        throw new SourceError(
          'not-found',
          `Fettle does not know the repository ${folder.repository}.`,
          'Add it to the catalog or to a source, or correct fettle.automation.standardFiles.',
        );
      }
      const { headCommit } = repository;
      // It is read with the others, and this is looked at again.
      if (headCommit === null) return false;
      if (headCommit === this.#commit && !this.#problem) return false;
      this.#read = await this.#readAll(repository, headCommit);
      this.#commit = headCommit;
      this.#problem = null;
      this.#wasRead ||= [...this.#read.values()].every(
        ({ standard, problem }) => !problem || standard,
      );
      for (const { path, reason } of this.problems()) {
        logger.warn(
          `The standard in ${path} of ${repository.name} is wrong: ${reason.message}`,
        );
      }
      return true;
    } catch (error) {
      const { repository, path } = folder;
      const known =
        error instanceof SourceError
          ? error
          : new SourceError(
              'failed',
              `The standards of ${repository} could not be read: ${error}`,
              'See the log of the backend; it is tried again by itself.',
            );
      const reason = known.toReason();
      const isNew = this.#problem?.reason.message !== reason.message;
      if (isNew) logger.warn(`${reason.message} ${reason.action}`);
      // What was read before stays.
      this.#problem = { repository, path, line: null, reason };
      return isNew;
    }
  }

  async #readAll(
    repository: StoredRepository,
    commit: string,
  ): Promise<Map<string, Read>> {
    const source = this.options.sources().get(repository.sourceId);
    if (!source) {
      throw new SourceError(
        'failed',
        `${repository.name} belongs to the source '${repository.sourceId}', which this backend does not have.`,
        'Add its module to the backend.',
      );
    }
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const tree = await source.readTree(repository, commit, { signal });
    const folder = this.options.folder.path;
    const prefix = folder === '' ? '' : `${folder}/`;
    const paths = (await tree.list()).flatMap(({ type, path }) => {
      const parts = path.slice(prefix.length).split('/');
      const fits =
        type === 'file' &&
        path.startsWith(prefix) &&
        parts.length === 2 &&
        parts[1] === NAME &&
        ID.test(parts[0]);
      return fits ? [path] : [];
    });
    if (paths.length > MOST_STANDARDS) {
      throw new SourceError(
        'too-large',
        `${repository.name} has ${paths.length} standards; ${MOST_STANDARDS} are allowed.`,
        'Name a folder in fettle.automation.standardFiles that holds fewer.',
      );
    }
    const read = new Map<string, Read>();
    for (const path of paths) {
      read.set(path, await this.#readOne(tree, path, commit));
    }
    return read;
  }

  /** A file that is wrong keeps the version that was right last. */
  async #readOne(
    tree: RepositoryTree,
    path: string,
    commit: string,
  ): Promise<Read> {
    const { repository } = this.options.folder;
    const folder = path.slice(0, -NAME.length);
    const id = folder.split('/').at(-2)!;
    const texts = async (paths: readonly string[]) => {
      const files = await tree.read(paths, { maxBytes: MOST_BYTES });
      return new Map(
        [...files].flatMap(([name, { text }]) =>
          text === undefined ? [] : [[name, text] as const],
        ),
      );
    };
    try {
      const written = (await texts([path])).get(path);
      if (written === undefined) {
        throw new StandardFileError(null, {
          code: 'standard-unread',
          message: `It is no text of at most ${MOST_BYTES} bytes.`,
          action: 'Write a smaller file, and put contents in files beside it.',
        });
      }
      const settings = parseStandardFile(written);
      const sources = settings.files.flatMap(({ source }) => source ?? []);
      const beside = await texts(sources.map(name => `${folder}${name}`));
      const contents = new Map(
        [...beside].map(([name, text]) => [name.slice(folder.length), text]),
      );
      const origin = { kind: 'repository' as const, repository, path, commit };
      const standard = settings.enabled
        ? loadStandardFile(id, settings, origin, contents)
        : null;
      return { standard, problem: null };
    } catch (error) {
      if (!(error instanceof StandardFileError)) throw error;
      const { line, reason } = error;
      return {
        standard: this.#read.get(path)?.standard ?? null,
        problem: { repository, path, line, reason },
      };
    }
  }
}
