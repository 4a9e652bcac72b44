import { entriesOf } from '../../Format';

/** Values refer to each other; circles and doubling end here. */
const MOST_ROUNDS = 10;
const MOST_LENGTH = 500;

/** The properties of a project and its parents, the nearest first. */
export class Properties {
  readonly #values = new Map<string, string>();

  constructor(lineage: readonly any[]) {
    for (const project of [...lineage].reverse()) {
      for (const [key, value] of entriesOf(project.properties)) {
        if (typeof value === 'string') this.#values.set(key, value);
      }
      for (const key of ['groupId', 'artifactId', 'version']) {
        const { parent } = project;
        const own =
          project[key] ?? (key === 'artifactId' ? null : parent?.[key]);
        for (const [name, value] of [
          [`project.${key}`, own],
          [`pom.${key}`, own],
          [`project.parent.${key}`, parent?.[key]],
        ]) {
          if (typeof value === 'string') this.#values.set(name, value);
        }
      }
    }
  }

  /** With `${…}` replaced; what is not known stays. Undefined for what is no text. */
  fill(value: unknown): string | undefined {
    if (typeof value !== 'string' || value === '') return undefined;
    let text = value;
    for (let round = 0; round < MOST_ROUNDS && text.includes('${'); round++) {
      if (text.length > MOST_LENGTH) return value.slice(0, MOST_LENGTH);
      const before = text;
      text = text.replace(
        /\$\{([^${}]+)\}/g,
        (whole, key) => this.#values.get(key) ?? whole,
      );
      if (text === before) break;
    }
    return text.slice(0, MOST_LENGTH);
  }
}
