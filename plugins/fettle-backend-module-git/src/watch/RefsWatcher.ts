import { promises as fs, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import type { GitFolders } from '../locate/LocalFolders';
import { RefsPoller } from './RefsPoller';
import { isGone } from '../errors';

/** A push writes several files within a moment; it is told once. */
const SETTLE_MS = 5;
/** Branches of changes often are merged a moment later, and both are told at once. */
const CHANGE_SETTLE_MS = 2_000;

/**
 * Watches where one repository keeps its branches. Only folders are watched,
 * one handle each, however many branches there are.
 */
export class RefsWatcher {
  private readonly watchers = new Map<string, FSWatcher>();
  private poller: RefsPoller | undefined;
  private timer: NodeJS.Timeout | undefined;
  private changesTimer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly folders: GitFolders,
    private readonly onChange: () => void,
    /** Called when the system gives no more watches, and files are looked at in turn. */
    private readonly onFallBack: (error: unknown) => void,
  ) {}

  async start(): Promise<void> {
    const { gitDir, commonDir } = this.folders;
    for (const folder of new Set([gitDir, commonDir])) {
      this.watchFolder(folder, name => {
        if (name === 'refs' || name === 'reftable') void this.watchRefs();
        return name === 'HEAD' || name === 'packed-refs' || name === 'shallow';
      });
    }
    await this.watchRefs();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.changesTimer);
    this.stopWatching();
    this.poller?.close();
  }

  /** Watches every folder of refs that is not watched yet. */
  private async watchRefs(): Promise<void> {
    const { commonDir } = this.folders;
    await Promise.all([
      this.watchDeep(path.join(commonDir, 'refs', 'heads')),
      this.watchDeep(path.join(commonDir, 'reftable')),
    ]);
  }

  private async watchDeep(folder: string): Promise<void> {
    if (this.closed || this.poller) return;
    this.watchFolder(folder, name => {
      if (name.endsWith('.lock')) return false;
      const file = path.join(folder, name);
      const tell = () =>
        this.isOfChange(file) ? this.changeChanged() : this.changed();
      // Perhaps a folder: a branch such as feature/x. What was written to it
      // before it was watched is in the snapshot that this change leads to.
      void this.watchDeep(file).then(tell);
      tell();
      return false;
    });
    if (!this.watchers.has(folder)) return;
    try {
      const children = await fs.readdir(folder, { withFileTypes: true });
      await Promise.all(
        children
          .filter(child => child.isDirectory())
          .map(child => this.watchDeep(path.join(folder, child.name))),
      );
    } catch (error) {
      if (!isGone(error)) this.fallBack(error);
    }
  }

  private watchFolder(folder: string, concerns: (name: string) => boolean) {
    if (this.closed || this.poller || this.watchers.has(folder)) return;
    try {
      // With the slash a file is refused, and costs no watch.
      const watcher = watch(path.join(folder, path.sep), (_event, name) => {
        // The folder itself was moved or deleted, whatever stands there now.
        if (name === '') this.forget(folder);
        else if (name === null || concerns(name)) this.changed();
        if (name === path.basename(folder)) this.forgetIfGone(folder);
      });
      watcher.on('error', error => {
        this.unwatch(folder);
        if (isGone(error)) this.changed();
        else this.fallBack(error);
      });
      this.watchers.set(folder, watcher);
    } catch (error) {
      if (!isGone(error)) this.fallBack(error);
    }
  }

  private forgetIfGone(folder: string) {
    fs.access(folder).catch(() => this.forget(folder));
  }

  private forget(folder: string) {
    this.unwatch(folder);
    this.changed();
    // When it comes back it is another folder, which only looking can tell.
    if (folder === this.folders.gitDir) this.poll();
  }

  private unwatch(folder: string) {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }

  private changed() {
    if (this.closed || this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      clearTimeout(this.changesTimer);
      this.changesTimer = undefined;
      this.onChange();
    }, SETTLE_MS);
  }

  private changeChanged() {
    if (this.closed) return;
    this.changesTimer ??= setTimeout(() => {
      this.changesTimer = undefined;
      this.changed();
    }, CHANGE_SETTLE_MS);
  }

  private isOfChange(file: string): boolean {
    const own = path.join(this.folders.commonDir, 'refs', 'heads', 'fettle');
    return file === own || file.startsWith(own + path.sep);
  }

  private fallBack(error: unknown) {
    if (this.closed || this.poller) return;
    this.onFallBack(error);
    this.poll();
  }

  private poll() {
    if (this.closed || this.poller) return;
    this.stopWatching();
    this.poller = new RefsPoller(this.folders, () => this.changed());
  }

  private stopWatching() {
    for (const folder of [...this.watchers.keys()]) this.unwatch(folder);
  }
}
