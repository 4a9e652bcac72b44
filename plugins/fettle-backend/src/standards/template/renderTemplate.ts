import Mustache from 'mustache';

/** Not those of Mustache: workflows and shells use these. */
const TAGS: [string, string] = ['<%', '%>'];
const MOST_CHARACTERS = 1024 * 1024;

/** The template asks for what is not known of this repository. */
export class MissingVariableError extends Error {
  constructor(readonly variable: string) {
    super(`Nothing is known for '${variable}'.`);
  }
}

class StrictWriter extends Mustache.Writer {
  escapedValue(token: string[], context: Mustache.Context): string {
    return this.unescapedValue(token, context);
  }

  unescapedValue([, name]: string[], context: Mustache.Context): string {
    const value: unknown = context.lookup(name);
    if (value === undefined || value === null) {
      throw new MissingVariableError(name);
    }
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }

  renderPartial(): string {
    return '';
  }
}

/**
 * Renders a template: `<% entity.owner %>` is a value, `<%# entity.tags %>…<%/ entity.tags %>`
 * a part that is there for each of a list or where something is known,
 * `<%^ … %>` where it is not. No code is executed, and nothing is escaped.
 *
 * @throws MissingVariableError where a value is not known
 */
export function renderTemplate(template: string, values: object): string {
  const rendered = new StrictWriter().render(
    ...([template, withoutPrototypes(values), undefined] as const),
    { tags: TAGS },
  );
  if (rendered.length > MOST_CHARACTERS) {
    throw new Error(`It comes to more than ${MOST_CHARACTERS} characters.`);
  }
  return rendered;
}

/** Why this is no template; undefined where it is one. */
export function whyNoTemplate(template: string): string | undefined {
  try {
    const tokens: unknown[] = Mustache.parse(template, TAGS);
    return usesPartials(tokens)
      ? 'It asks for another template, which there is none of.'
      : undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function usesPartials(tokens: readonly unknown[]): boolean {
  return tokens.some(token => {
    const [type, , , , inner] = token as [
      string,
      unknown,
      number,
      number,
      unknown,
    ];
    return type === '>' || (Array.isArray(inner) && usesPartials(inner));
  });
}

/** A name in a template is one of the values, never something of JavaScript's own. */
function withoutPrototypes(value: object): object {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.assign(Object.create(null), part)
      : part,
  );
}
