import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  AUTOMATION_SCOPE,
  FLEET_SCOPE,
  PIPELINES_SCOPE,
  POLICY_CHANGED_TOPIC,
  REPOSITORY_CHANGED_TOPIC,
  RUN_CHANGED_TOPIC,
  SECURITY_SCOPE,
  SOURCES_SCOPE,
  findingsScope,
  hintChannel,
  remediationsScope,
  runsScope,
  type PolicyChangedEvent,
  type RepositoryChangedEvent,
  type RunChangedEvent,
} from 'backstage-plugin-fettle-common';
import type { StoredRepository, WriteResult } from '../store/FettleStore';
import type { Applied } from '../store/runs/RunStore';

interface Scope {
  /** The newest revision that is known. */
  revision: number;
  /** The newest revision that was sent. */
  sent: number;
  timer: NodeJS.Timeout;
}

/** Hints of one scope that follow each other faster than this are joined. */
const COALESCE_MS = 150;
/** The newest hint is repeated, so that a page can tell a quiet fleet from a dead socket. */
const HEARTBEAT_MS = 5_000;

/**
 * Sends hints over Backstage's signals and domain events over its events
 * service. Nothing waits for either: a hint that is lost is made up for by the
 * pages, which ask for what they missed.
 */
export class LivePublisher {
  readonly #scopes = new Map<string, Scope>();
  #heartbeat?: NodeJS.Timeout;

  constructor(
    private readonly options: {
      signals: SignalsService;
      events: EventsService;
      logger: LoggerService;
      readRevision: () => Promise<number>;
    },
  ) {}

  start(): void {
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  stop(): void {
    clearInterval(this.#heartbeat);
    for (const scope of this.#scopes.values()) clearTimeout(scope.timer);
    this.#scopes.clear();
  }

  /** A write changed a repository; does nothing if readers cannot see a change. */
  repositoryChanged(repository: StoredRepository, result: WriteResult): void {
    const { revision, change } = result;
    if (revision === null) return;
    this.hint(repository.id, revision);
    this.hint(FLEET_SCOPE, revision);
    if (!change) return;
    const eventPayload: RepositoryChangedEvent = {
      repositoryId: repository.id,
      name: repository.name,
      entityRefs: repository.entityRefs,
      state: change.state,
      score: { from: change.from, to: change.to },
      verdicts: change.verdicts.map(({ checkId, from, to }) => ({
        ...{ checkId, from, to },
      })),
      commit: change.commit,
      revision,
    };
    this.options.events
      .publish({ topic: REPOSITORY_CHANGED_TOPIC, eventPayload })
      .catch(error => this.#failed('event', error));
  }

  /** What hosts told was brought into force. */
  told(applied: Applied): void {
    const { revision, repositoryIds, changes } = applied;
    if (revision === null) return;
    repositoryIds.forEach(id => this.runsChanged(id, revision));
    this.hint(SOURCES_SCOPE, revision);
    for (const change of changes) {
      const eventPayload: RunChangedEvent = {
        repositoryId: change.repositoryId,
        runId: change.id,
        source: change.sourceId,
        pipelineId: change.pipelineId,
        pipelineName: change.pipelineName,
        branch: change.branch,
        defaultBranch: change.defaultBranch,
        commit: change.commit,
        attempt: change.attempt,
        from: change.from,
        to: change.to,
        revision,
      };
      this.options.events
        .publish({ topic: RUN_CHANGED_TOPIC, eventPayload })
        .catch(error => this.#failed('event', error));
    }
  }

  /** A write changed what readers see of a repository's runs. */
  runsChanged(repositoryId: string, revision: number): void {
    this.hint(runsScope(repositoryId), revision);
    this.hint(PIPELINES_SCOPE, revision);
  }

  /** A write changed what readers see of a repository's findings or components. */
  findingsChanged(repositoryId: string, revision: number): void {
    this.hint(findingsScope(repositoryId), revision);
    this.hint(SECURITY_SCOPE, revision);
  }

  /** A write changed how a repository stands against policies. */
  policiesChanged(
    repositoryId: string,
    revision: number,
    changes: readonly PolicyChangedEvent[],
  ): void {
    this.findingsChanged(repositoryId, revision);
    for (const eventPayload of changes) {
      this.options.events
        .publish({ topic: POLICY_CHANGED_TOPIC, eventPayload })
        .catch(error => this.#failed('event', error));
    }
  }

  /** A write changed how a repository stands against standards. */
  standardsChanged(repositoryId: string, revision: number): void {
    this.hint(remediationsScope(repositoryId), revision);
    this.hint(AUTOMATION_SCOPE, revision);
  }

  /** The first hint of a burst goes at once, the rest joined, and the last is repeated once. */
  hint(name: string, revision: number): void {
    const scope = this.#scopes.get(name);
    if (scope) {
      scope.revision = Math.max(scope.revision, revision);
      return;
    }
    this.#send(name, revision);
    this.#scopes.set(name, {
      revision,
      sent: revision,
      timer: this.#later(name, COALESCE_MS),
    });
  }

  #later(name: string, ms: number): NodeJS.Timeout {
    const timer = setTimeout(() => this.#follow(name), ms);
    timer.unref();
    return timer;
  }

  #follow(name: string): void {
    const scope = this.#scopes.get(name)!;
    const news = scope.revision > scope.sent;
    this.#send(name, scope.revision);
    if (news) {
      scope.sent = scope.revision;
      scope.timer = this.#later(name, COALESCE_MS);
    } else {
      this.#scopes.delete(name);
    }
  }

  #send(name: string, revision: number): void {
    this.options.signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: hintChannel(name),
        message: { scope: name, revision },
      })
      .catch(error => this.#failed('hint', error));
  }

  #beat(): void {
    this.options
      .readRevision()
      .then(revision => this.#send(FLEET_SCOPE, revision))
      .catch(error => this.#failed('heartbeat', error));
  }

  #failed(what: string, error: unknown): void {
    this.options.logger.warn(`A ${what} could not be sent: ${error}`);
  }
}
