import { bundler } from './tools/bundler';
import { cargo } from './tools/cargo';
import { go } from './tools/go';
import { maven } from './tools/maven';
import { npm } from './tools/npm';
import { pip } from './tools/pip';

/** Every package manager that is known, in the order in which they are run. */
export const tools = [npm, pip, cargo, go, maven, bundler];
