import { ConflictError, InputError } from '@backstage/errors';
import type {
  AlertSource,
  Check,
  ComponentMatcher,
  DeliverySource,
  FactCollector,
  FettleAlertSourcesExtensionPoint,
  FettleChecksExtensionPoint,
  FettleComponentMatchersExtensionPoint,
  FettleDeliverySourcesExtensionPoint,
  FettleFactCollectorsExtensionPoint,
  FettlePipelineSourcesExtensionPoint,
  FettleReleaseSourcesExtensionPoint,
  FettleRepositorySourcesExtensionPoint,
  FettleScannersExtensionPoint,
  FettleThreatDetectorsExtensionPoint,
  PipelineSource,
  ReleaseSource,
  RepositorySource,
  Scanner,
  ThreatDetector,
} from 'backstage-plugin-fettle-node';
import { add } from './add';

/** What modules have added, by id. */
export class Registry
  implements
    FettleRepositorySourcesExtensionPoint,
    FettleFactCollectorsExtensionPoint,
    FettleChecksExtensionPoint,
    FettleDeliverySourcesExtensionPoint,
    FettlePipelineSourcesExtensionPoint,
    FettleScannersExtensionPoint,
    FettleComponentMatchersExtensionPoint,
    FettleAlertSourcesExtensionPoint,
    FettleReleaseSourcesExtensionPoint,
    FettleThreatDetectorsExtensionPoint
{
  readonly #sources = new Map<string, RepositorySource>();
  readonly deliveries = new Map<string, DeliverySource>();
  readonly pipelines = new Map<string, PipelineSource>();
  readonly collectors = new Map<string, FactCollector>();
  readonly checks = new Map<string, Check>();
  readonly scanners = new Map<string, Scanner>();
  readonly matchers = new Map<string, ComponentMatcher>();
  readonly alerts = new Map<string, AlertSource>();
  readonly detectors = new Map<string, ThreatDetector>();
  readonly releases = new Map<string, ReleaseSource>();

  /** In the order in which they are asked: those that read everything come last. */
  get sources(): ReadonlyMap<string, RepositorySource> {
    const entries = [...this.#sources];
    return new Map([
      ...entries.filter(([, source]) => !source.fallback),
      ...entries.filter(([, source]) => source.fallback),
    ]);
  }

  addRepositorySource(source: RepositorySource): void {
    add(this.#sources, 'repository source', source.id, source);
  }

  addDeliverySource(source: DeliverySource): void {
    add(this.deliveries, 'delivery source', source.id, source);
  }

  addPipelineSource(source: PipelineSource): void {
    add(this.pipelines, 'pipeline source', source.id, source);
  }

  addFactCollector(...collectors: FactCollector<any>[]): void {
    for (const collector of collectors) {
      add(this.collectors, 'fact', collector.fact.id, collector);
    }
  }

  addCheck(...checks: Check<any, any>[]): void {
    for (const check of checks) add(this.checks, 'check', check.id, check);
  }

  addScanner(...scanners: Scanner[]): void {
    for (const scanner of scanners) {
      assertObserver(scanner.id, this.matchers, this.detectors);
      add(this.scanners, 'scanner', scanner.id, scanner);
    }
  }

  addComponentMatcher(...matchers: ComponentMatcher[]): void {
    for (const matcher of matchers) {
      assertObserver(matcher.id, this.scanners, this.detectors);
      add(this.matchers, 'component matcher', matcher.id, matcher);
    }
  }

  addAlertSource(source: AlertSource): void {
    add(this.alerts, 'alert source', source.id, source);
  }

  addReleaseSource(...sources: ReleaseSource[]): void {
    for (const source of sources) {
      for (const ecosystem of source.ecosystems) {
        if (!this.releaseSourceOf(ecosystem)) continue;
        throw new ConflictError(
          `Two release sources tell the versions of '${ecosystem}'.`,
        );
      }
      add(this.releases, 'release source', source.id, source);
    }
  }

  /** The source of an ecosystem, as OSV calls it. */
  releaseSourceOf(ecosystem: string): ReleaseSource | undefined {
    return [...this.releases.values()].find(({ ecosystems }) =>
      ecosystems.includes(ecosystem),
    );
  }

  addThreatDetector(...detectors: ThreatDetector[]): void {
    for (const detector of detectors) {
      assertObserver(detector.id, this.scanners, this.matchers);
      add(this.detectors, 'threat detector', detector.id, detector);
    }
  }

  /** Throws where a check asks for a fact that nobody collects. */
  assertComplete(): void {
    for (const check of this.checks.values()) {
      for (const fact of Object.values(check.facts)) {
        if (!this.collectors.has(fact.id)) {
          throw new InputError(
            `The check '${check.id}' needs the fact '${fact.id}', which no module collects. Add the module that does, or leave the check out.`,
          );
        }
      }
    }
  }
}

/** Findings are known by who saw them: scanners, matchers and detectors share their ids. */
function assertObserver(
  id: string,
  ...others: ReadonlyMap<string, unknown>[]
): void {
  if (others.some(one => one.has(id))) {
    throw new ConflictError(
      `Two of the scanners, matchers and threat detectors have the id '${id}'.`,
    );
  }
}
