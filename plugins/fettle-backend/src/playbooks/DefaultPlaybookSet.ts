import type { Reason } from 'backstage-plugin-fettle-common';
import type {
  LoadedPlaybook,
  PlaybookProblem,
  PlaybookSet,
} from './LoadedPlaybook';
import type { PlaybookFiles } from './files/PlaybookFiles';

const UNREAD: Reason = {
  code: 'playbooks-unread',
  message:
    'The files of playbooks were not all read since the backend started, and its playbook may be in one of them.',
  action:
    'Wait until they are read; if that takes long, see on the Automation page what is wrong with them.',
};

/** Playbooks of config and of files. An id belongs to who has it first: config, then files in their order. */
export class DefaultPlaybookSet implements PlaybookSet {
  readonly #listeners = new Set<() => void>();
  #byId = new Map<string, LoadedPlaybook>();
  #taken: PlaybookProblem[] = [];

  constructor(
    private readonly options: {
      configured: readonly LoadedPlaybook[];
      files: readonly PlaybookFiles[];
      /** Why what a playbook needs is not known yet; null where it is. */
      waitsFor?: (playbook: LoadedPlaybook) => Reason | null;
    },
  ) {
    this.#merge();
  }

  all(): readonly LoadedPlaybook[] {
    return [...this.#byId.values()];
  }

  get(id: string): LoadedPlaybook | undefined {
    return this.#byId.get(id);
  }

  problems(): readonly PlaybookProblem[] {
    return [
      ...this.options.files.flatMap(files => files.problems()),
      ...this.#taken,
    ];
  }

  unread(id: string): Reason | null {
    const playbook = this.#byId.get(id);
    if (playbook) return this.options.waitsFor?.(playbook) ?? null;
    return this.options.files.every(files => files.wasRead()) ? null : UNREAD;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Reads the files whose repositories moved. */
  async refresh(): Promise<void> {
    const changed = await Promise.all(
      this.options.files.map(files => files.refresh()),
    );
    if (!changed.includes(true)) return;
    this.#merge();
    for (const listener of this.#listeners) listener();
  }

  #merge(): void {
    const { configured, files } = this.options;
    const byId = new Map(configured.map(one => [one.view.id, one]));
    this.#taken = [];
    for (const playbook of files.flatMap(one => one.playbooks())) {
      const { id, origin } = playbook.view;
      const other = byId.get(id);
      if (!other) byId.set(id, playbook);
      else {
        this.#taken.push({
          repository: origin.repository ?? '',
          path: origin.path ?? '',
          line: origin.line,
          reason: {
            code: 'id-taken',
            message: `The id '${id}' belongs to another playbook, ${placeOf(
              other,
            )}.`,
            action: 'Give this one another id, or take the other out.',
          },
        });
      }
    }
    this.#byId = new Map([...byId].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function placeOf({ view: { origin } }: LoadedPlaybook): string {
  if (origin.kind === 'built-in') return 'which ships with Fettle';
  if (origin.kind === 'config') return 'which stands in app-config';
  return `which stands in ${origin.path}`;
}
