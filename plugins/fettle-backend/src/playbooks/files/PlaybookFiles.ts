import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from 'backstage-plugin-fettle-common';
import {
  SourceError,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import type { FettleStore, StoredRepository } from '../../store/FettleStore';
import type { LoadedPlaybook, PlaybookProblem } from '../LoadedPlaybook';
import type { Known } from '../loadPlaybook';
import { FileError, readPlaybookFile } from './readPlaybookFile';

const MOST_FILES = 200;
const MOST_BYTES = 256 * 1024;
const MOST_PLAYBOOKS = 500;
const TIMEOUT_MS = 60_000;

/** Where playbooks are written: a folder of a repository. */
export interface PlaybookFolder {
  /** As config writes it. */
  repository: string;
  /** `''` for the root. */
  path: string;
}

interface ReadFile {
  playbooks: LoadedPlaybook[];
  problem: PlaybookProblem | null;
}

/** The playbooks of a folder, as they were read last with success. */
export class PlaybookFiles {
  #commit: string | null = null;
  #files = new Map<string, ReadFile>();
  #problem: PlaybookProblem | null = null;
  #reading: Promise<boolean> | undefined;
  #wasRead = false;

  constructor(
    private readonly options: {
      folder: PlaybookFolder;
      known: Known;
      findRepository: (remote: string) => Promise<string | undefined>;
      store: Pick<FettleStore, 'getRepository'>;
      sources: () => ReadonlyMap<string, RepositorySource>;
      logger: LoggerService;
    },
  ) {}

  /** In the order of files and documents. */
  playbooks(): LoadedPlaybook[] {
    return [...this.#files.values()].flatMap(({ playbooks }) => playbooks);
  }

  problems(): PlaybookProblem[] {
    const ofFiles = [...this.#files.values()].flatMap(
      ({ problem }) => problem ?? [],
    );
    return this.#problem ? [this.#problem, ...ofFiles] : ofFiles;
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
          'Add it to the catalog or to a source, or correct fettle.automation.playbookFiles.',
        );
      }
      const { headCommit } = repository;
      // It is read with the others, and this is looked at again.
      if (headCommit === null) return false;
      const failed = this.#problem !== null;
      if (headCommit === this.#commit && !failed) return false;
      this.#files = await this.#read(repository, headCommit);
      this.#commit = headCommit;
      this.#problem = null;
      this.#wasRead ||= [...this.#files.values()].every(
        ({ playbooks, problem }) => !problem || playbooks.length > 0,
      );
      for (const { path, line, reason } of this.problems()) {
        logger.warn(
          `The playbooks in ${path} of ${repository.name} are wrong${
            line === null ? '' : ` at line ${line}`
          }: ${reason.message}`,
        );
      }
      return true;
    } catch (error) {
      return this.#failed(error);
    }
  }

  /** What was read before stays. */
  #failed(error: unknown): boolean {
    const { repository, path } = this.options.folder;
    const reason: Reason =
      error instanceof SourceError
        ? error.toReason()
        : {
            code: 'failed',
            message: `The playbooks of ${repository} could not be read: ${error}`,
            action: 'See the log of the backend; it is tried again by itself.',
          };
    const news = this.#problem?.reason.message !== reason.message;
    if (news) this.options.logger.warn(`${reason.message} ${reason.action}`);
    this.#problem = { repository, path, line: null, reason };
    return news;
  }

  async #read(
    repository: StoredRepository,
    commit: string,
  ): Promise<Map<string, ReadFile>> {
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
    const paths = (await tree.list())
      .filter(({ type, path }) => type === 'file' && this.#isOurs(path))
      .map(({ path }) => path);
    if (paths.length > MOST_FILES) {
      throw new SourceError(
        'too-large',
        `${repository.name} has ${paths.length} files of playbooks; ${MOST_FILES} are allowed.`,
        'Name a folder in fettle.automation.playbookFiles that holds playbooks only.',
      );
    }
    const texts = await tree.read(paths, { maxBytes: MOST_BYTES });
    const read = new Map<string, ReadFile>();
    let room = MOST_PLAYBOOKS;
    for (const path of paths) {
      const file = texts.get(path);
      const one = this.#readFile(path, {
        ...{ commit, room, text: file?.text, omitted: file?.omitted },
      });
      room -= one.playbooks.length;
      read.set(path, one);
    }
    return read;
  }

  #isOurs(path: string): boolean {
    const folder = this.options.folder.path;
    const inside = folder === '' || path.startsWith(`${folder}/`);
    return inside && /\.ya?ml$/.test(path);
  }

  /** A file that is wrong keeps the version that was right last. */
  #readFile(
    path: string,
    of: { text?: string; omitted?: string; commit: string; room: number },
  ): ReadFile {
    const { folder, known } = this.options;
    const { repository } = folder;
    try {
      if (of.text === undefined) {
        throw new FileError(null, {
          code: 'playbook-unread',
          message: `The file is ${
            of.omitted ?? 'missing'
          }; at most ${MOST_BYTES} bytes of text are read.`,
          action: 'Write smaller files.',
        });
      }
      const { commit } = of;
      const all = readPlaybookFile(of.text, {
        repository,
        path,
        commit,
        known,
      });
      if (all.length > of.room) {
        throw new FileError(null, {
          code: 'too-many',
          message: `There are more than ${MOST_PLAYBOOKS} playbooks in ${repository}; those of this file are left out.`,
          action: 'Take out playbooks that are not used.',
        });
      }
      const enabled = all.filter(one => one.enabled);
      return { playbooks: enabled.map(one => one.playbook), problem: null };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const { line, reason } = error;
      const kept = this.#files.get(path)?.playbooks ?? [];
      return { playbooks: kept, problem: { repository, path, line, reason } };
    }
  }
}
