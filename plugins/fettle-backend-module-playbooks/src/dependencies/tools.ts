import { npm } from './tools/npm';
import { pip } from './tools/pip';

/** Every package manager that is known, in the order in which they are run. */
export const tools = [npm, pip];
