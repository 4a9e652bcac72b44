import { bundler } from './tools/bundler';
import { cargo } from './tools/cargo';
import { composer } from './tools/composer';
import { go } from './tools/go';
import { maven } from './tools/maven';
import { npm } from './tools/npm';
import { pip } from './tools/pip';
import { pnpm } from './tools/pnpm';
import { poetry, uv } from './tools/python';
import { yarn } from './tools/yarn';

/** Every package manager that is known, in the order in which they are run. */
export const tools = [
  ...[npm, yarn, pnpm],
  ...[pip, uv, poetry],
  ...[cargo, go, composer, maven, bundler],
];
