import { findPiped } from '../findPiped';
import type { Hit, Rule } from '../Rule';
import { fillVariables, readAssignments, type Instruction } from './Dockerfile';

type Rules = Rule<readonly Instruction[]>;

const movingImage: Rules = {
  id: 'moving-image',
  title: 'An image is built on one that changes under its name',
  severity: 'medium',
  why: 'What is built tomorrow is not what was tested today, and nobody is told.',
  fix: 'Name a version, better with its digest.',
  references: ['https://docs.docker.com/build/building/best-practices/'],
  check(instructions) {
    const stages = new Set(['scratch']);
    const values = new Map<string, string>();
    let isGlobal = true;
    return instructions.flatMap((instruction): Hit[] => {
      const { name, value, line } = instruction;
      // Only what stands before the first FROM counts there.
      if (name === 'ARG' && isGlobal) learn(instruction, values);
      if (name !== 'FROM') return [];
      isGlobal = false;
      const [, written = '', stage] =
        /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(value) ?? [];
      const image = fillVariables(written, values);
      const own = stages.has(image.toLowerCase());
      if (stage) stages.add(stage.toLowerCase());
      if (own || image.includes('$') || image.includes('@')) return [];
      const [, tag] = /:([\w][\w.-]*)$/.exec(image) ?? [];
      if (tag !== undefined && tag !== 'latest') return [];
      const message = `${image} ${tag ? 'moves' : 'has no version'}.`;
      return [{ line, key: image.replace(/:latest$/, ''), message }];
    });
  },
};

const rootUser: Rules = {
  id: 'root-container',
  title: 'The container runs as root',
  severity: 'medium',
  why: 'Who breaks out of the process is root in the container, and closer to the machine below.',
  fix: 'Make a user, and end the last stage with USER and its name.',
  references: ['https://docs.docker.com/build/building/best-practices/#user'],
  check(instructions) {
    const start = instructions.map(({ name }) => name).lastIndexOf('FROM');
    if (start === -1) return [];
    const values = new Map<string, string>();
    let user: Instruction | undefined;
    let named = '';
    for (const instruction of instructions.slice(start)) {
      if (/^(?:ENV|ARG)$/.test(instruction.name)) learn(instruction, values);
      if (instruction.name !== 'USER') continue;
      user = instruction;
      named = fillVariables(instruction.value.trim(), values);
    }
    if (user && !/^(?:root|0)(?::|$)/.test(named)) return [];
    const { line } = user ?? instructions[start];
    const message = user
      ? `Its user is ${named.slice(0, 50)}.`
      : 'Its last stage names no user; the image below may.';
    // A variable may be given another value while the image is built.
    const certain = user !== undefined && !user.value.includes('$');
    return [{ line, key: 'user', message, certain }];
  },
};

const addOfUrl: Rules = {
  id: 'add-of-url',
  title: 'A file from the network goes into the image unseen',
  severity: 'low',
  why: 'What the address gives may change, and nothing checks it.',
  fix: 'Use ADD with --checksum, or download and check it in one RUN.',
  references: ['https://docs.docker.com/reference/dockerfile/#add'],
  check: instructions =>
    instructions.flatMap(({ name, value, line }) => {
      if (name !== 'ADD' || /--checksum=/.test(value)) return [];
      const [address] = /https?:\/\/[^\s"',]+/.exec(value) ?? [];
      if (!address) return [];
      // Addresses may hold credentials.
      const place = URL.canParse(address)
        ? new URL(address).host
        : 'an address';
      return [{ line, key: place, message: `ADD takes a file from ${place}.` }];
    }),
};

/** `…_TOKEN`, and not what is only about one: `TOKEN_FILE`, `PASSWORD_MIN_LENGTH`. */
const SECRET_NAME =
  /^(?:.*_)?(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)$/i;
/** Empty, a variable, a place or a switch. */
const NO_SECRET = /^$|^\$|^\.{0,2}\/|^(?:true|false|yes|no|none|null|\d)$/i;

const secretInImage: Rules = {
  id: 'secret-in-image',
  title: 'A secret is set in the image',
  severity: 'high',
  why: 'Everyone who can pull the image can read it, also where a later layer unsets it.',
  fix: 'Give it at run time, or use RUN --mount=type=secret; and replace it, as it was seen.',
  references: ['https://docs.docker.com/build/building/secrets/'],
  check: instructions =>
    instructions.flatMap(instruction => {
      const { name, line } = instruction;
      if (name !== 'ENV' && name !== 'ARG') return [];
      return readAssignments(instruction).flatMap((given): Hit[] => {
        if (!SECRET_NAME.test(given.name) || NO_SECRET.test(given.value)) {
          return [];
        }
        const message = `${name} sets ${given.name}.`;
        return [{ line, key: given.name, message, certain: name === 'ENV' }];
      });
    }),
};

const pipedInstaller: Rules = {
  id: 'piped-installer',
  title: 'A script from the network is run unseen',
  severity: 'medium',
  why: 'Whoever controls the address, or the way to it, decides what is in the image.',
  fix: 'Download a fixed version, check its hash, then run it.',
  references: [],
  check: instructions =>
    instructions.flatMap(({ name, value, line }) => {
      const piped = name === 'RUN' ? findPiped(value) : undefined;
      if (!piped) return [];
      const message = `What ${piped.host} gives is run by ${piped.interpreter}.`;
      return [{ line, key: piped.host, message }];
    }),
};

/** Every rule for Dockerfiles. */
export const CONTAINER_RULES: readonly Rules[] = [
  ...[movingImage, rootUser, addOfUrl, secretInImage, pipedInstaller],
];

function learn(instruction: Instruction, values: Map<string, string>): void {
  for (const { name, value } of readAssignments(instruction)) {
    values.set(name, fillVariables(value, values));
  }
}
