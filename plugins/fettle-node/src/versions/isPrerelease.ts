import { parse } from '@renovatebot/pep440';

const LABEL = /^[^+]*-/;
// 1.0-rc1, 1.0.0.Beta2, 2.0-M3, 1.0-SNAPSHOT; 1.0.Final and 31.1-jre are none.
const MAVEN =
  /(?:^|[.\-_\d])(?:alpha|beta|milestone|rc|cr|snapshot|preview|pre|ea|dev|[abm](?=[.-]?\d))/i;
const PACKAGIST = /(?:alpha|beta|rc|dev|[._-]?[ab](?=[.-]?\d|$))/i;

const OTHERS: Record<string, (version: string) => boolean> = {
  PyPI: version => {
    const parsed = parse(version);
    return Boolean(parsed?.pre || parsed?.dev);
  },
  // Gem::Version#prerelease?
  RubyGems: version => /[a-z]/i.test(version),
  Maven: version => MAVEN.test(version),
  Packagist: version => PACKAGIST.test(version),
};

/**
 * Whether a version is one that its ecosystem, as OSV calls it, takes for
 * unfinished: it is not proposed to anybody.
 *
 * @public
 */
export function isPrerelease(ecosystem: string, version: string): boolean {
  const test = Object.hasOwn(OTHERS, ecosystem) ? OTHERS[ecosystem] : undefined;
  return test ? test(version) : LABEL.test(version);
}
