import { DockerfileParser, type From, type Arg } from 'dockerfile-ast';
import { component } from '../component';
import { Unreadable, type Format } from '../Format';
import { readImage } from './docker/readImage';

// Real ones have a few hundred lines, and the parser takes long over huge ones.
const MOST_CHARACTERS = 1_000_000;

/** Images that a Dockerfile builds on: https://docs.docker.com/reference/dockerfile/#from */
export const dockerfile: Format = {
  title: 'a Dockerfile',
  matches: name =>
    /^(?:Dockerfile|Containerfile)(?:[.-](?!.*(?:ignore|md)$).+)?$/.test(
      name,
    ) || /\.(?:dockerfile|containerfile)$/i.test(name),
  read({ path, text }) {
    if (text.length > MOST_CHARACTERS) {
      throw new Unreadable('It is too long.', 'Split the file.');
    }
    const values = new Map<string, string>();
    const stages = new Set(['scratch']);
    let isGlobal = true;
    return DockerfileParser.parse(text)
      .getInstructions()
      .flatMap(instruction => {
        const keyword = instruction.getKeyword();
        // Only what stands before the first FROM counts there.
        if (keyword === 'ARG' && isGlobal) {
          const property = (instruction as Arg).getProperty();
          const value = property?.getValue();
          if (property && value) values.set(property.getName(), value);
        }
        if (keyword !== 'FROM') return [];
        isGlobal = false;
        const from = instruction as From;
        const image = fill(from.getImage() ?? '', values);
        const isStage = stages.has(image.toLowerCase());
        const stage = from.getBuildStage();
        if (stage) stages.add(stage.toLowerCase());
        // What is only known while building is no image that can be told.
        const read =
          isStage || image.includes('$') ? undefined : readImage(image);
        if (!read) return [];
        const line = from.getRange().start.line + 1;
        return component('docker', {
          ...{ ...read, path, line, direct: true, scope: 'runtime' },
        });
      });
  },
};

/** Variables, with what stands for them where they have no value. */
function fill(image: string, values: ReadonlyMap<string, string>): string {
  return image.replace(
    /\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g,
    (whole, braced, fallback, bare) =>
      values.get(braced ?? bare) ?? fallback ?? whole,
  );
}
