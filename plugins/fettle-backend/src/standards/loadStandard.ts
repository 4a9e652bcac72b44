import { InputError } from '@backstage/errors';
import {
  policyScopeSchema,
  type Standard,
} from 'backstage-plugin-fettle-common';
import { compile } from '../policies/language/compile';
import { SCOPES } from '../policies/language/environment';
import { canonicalJson } from '../remediate/plan/canonicalJson';
import { sha256 } from '../remediate/plan/sha256';
import type { LoadedStandard } from './LoadedStandard';
import type { StandardSettings } from './standardSchema';
import { whyNoTemplate } from './template/renderTemplate';

/**
 * Checks all that the schema cannot. `contents` has the files that `source` names.
 *
 * @throws InputError saying what is wrong and what would be right
 */
export function loadStandard(
  id: string,
  settings: StandardSettings,
  origin: Standard['origin'],
  contents: ReadonlyMap<string, string> = new Map(),
): LoadedStandard {
  const scope = policyScopeSchema.parse(settings.scope ?? {});
  const taken = new Set<string>();
  const files = settings.files.map(file => {
    const { path, source, strategy, template, executable, lists } = file;
    if (taken.has(path)) {
      throw new InputError(`'${path}' is among its files twice.`);
    }
    taken.add(path);
    const content = source === undefined ? file.content : contents.get(source);
    if (content === undefined) {
      throw new InputError(
        source && origin.kind === 'config'
          ? `'${path}' has a 'source', which only standards in repositories have. Write its 'content'.`
          : `'${path}' is made from '${source}', which is not there, is no text, or is too large.`,
      );
    }
    const why = template ? whyNoTemplate(content) : undefined;
    if (why) throw new InputError(`'${path}' is no right template. ${why}`);
    return {
      ...{ path, strategy, template, executable, lists, content },
      when:
        file.when === undefined
          ? null
          : compile(file.when, SCOPES, `'when' of '${path}' in '${id}'`),
    };
  });
  const told = JSON.parse(
    JSON.stringify({ ...settings, contents: [...contents] }),
  );
  return {
    view: {
      id,
      title: settings.title ?? id,
      description: settings.description ?? '',
      version: settings.version,
      scope,
      files: files.map(({ path, strategy }) => ({ path, strategy })),
      settings: Object.keys(settings.settings),
      origin,
    },
    when:
      scope.when === null
        ? null
        : compile(scope.when, SCOPES, `'scope.when' of the standard '${id}'`),
    parameters: settings.parameters ?? {},
    files,
    settings: settings.settings,
    digest: sha256(canonicalJson(told)),
  };
}
