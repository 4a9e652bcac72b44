import { createHash } from 'node:crypto';
import type {
  ComponentKey,
  ComponentMatch,
  ComponentMatcher,
} from 'backstage-plugin-fettle-node';
import type { LicenceRules } from './config/readLicencesConfig';
import { judgeLicence } from './judge/judgeLicence';

/** Raise it when the same rules judge otherwise. */
const VERSION = 1;

/** Judges components by their licences. */
export class LicenceMatcher implements ComponentMatcher {
  readonly id = 'licences';
  readonly title = 'Licences';
  readonly finds = ['licence'] as const;
  readonly #cursor: string;

  constructor(private readonly rules: LicenceRules) {
    this.#cursor = createHash('sha256')
      .update(JSON.stringify([VERSION, rules]))
      .digest('hex');
  }

  async match(
    components: readonly ComponentKey[],
  ): Promise<ComponentMatch[][]> {
    return components.map(component =>
      this.#isExcepted(component) ? [] : this.#judge(component),
    );
  }

  /** Other rules are other matches of everything. */
  async changesSince(cursor: string | null) {
    const same = cursor === this.#cursor;
    return {
      packages: same ? [] : ('all' as const),
      cursor: this.#cursor,
    };
  }

  #isExcepted({ ecosystem, name, version }: ComponentKey): boolean {
    return this.rules.exceptions.some(
      one =>
        one.ecosystem === ecosystem &&
        one.name === name &&
        (one.version === undefined || one.version === version),
    );
  }

  #judge({ name, licence }: ComponentKey): ComponentMatch[] {
    const { severity, unknown } = this.rules;
    const judgement = judgeLicence(licence, this.rules);
    const common = { kind: 'licence' as const, aliases: [], fixedIn: [] };
    if ('because' in judgement) {
      const because = judgement.because.join(', ');
      const denied = judgement.is === 'denied';
      return [
        {
          ...{ ...common, severity, certain: true },
          rule: denied ? 'licence-denied' : 'licence-not-allowed',
          title: denied
            ? `Licence ${because} is denied`
            : `Licence ${because} is not among those allowed`,
          description: `${name} says of itself that its licence is ${licence}.`,
          fix: `Use another package in place of ${name}, or have the licence allowed, or the package excepted, in fettle.licences.`,
          references: ['https://spdx.org/licenses/'],
        },
      ];
    }
    if (judgement.is === 'fine' || unknown === 'ignore') return [];
    return [
      {
        ...{ ...common, severity: 'low', certain: false },
        rule: 'licence-unknown',
        title: 'Licence is not known',
        description: licence
          ? `${name} says '${licence.slice(
              0,
              200,
            )}', which is no SPDX expression.`
          : `The file that names ${name} does not tell its licence.`,
        fix: `Look the licence of ${name} up, and except the package in fettle.licences if it may be used.`,
      },
    ];
  }
}
