import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What it was, as far as it came to an end. */
export interface GitResult {
  /** -1: it was stopped; -2: it could not be started. */
  status: number;
  stdout: Buffer;
  stderr: Buffer;
}

const PROGRAM = `
const fs = require('fs');
const { spawnSync } = require('child_process');
const [, requests, answers] = process.argv;
const from = fs.openSync(requests, 'r');
const to = fs.openSync(answers, 'w');
const read = bytes => {
  const buffer = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; ) {
    const got = fs.readSync(from, buffer, at, bytes - at);
    if (got === 0) process.exit();
    at += got;
  }
  return buffer;
};
const write = buffer => {
  for (let at = 0; at < buffer.length; ) at += fs.writeSync(to, buffer, at);
};
for (;;) {
  const { input, args, ...options } = JSON.parse(read(read(4).readUInt32LE()));
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    ...options,
    input: read(input),
    maxBuffer: 1024 * 1024 * 1024,
  });
  const out = stdout ?? Buffer.alloc(0);
  const err = error ? Buffer.from(error.message) : stderr;
  const head = Buffer.alloc(12);
  head.writeInt32LE(error ? -2 : status ?? -1);
  head.writeUInt32LE(out.length, 4);
  head.writeUInt32LE(err.length, 8);
  write(Buffer.concat([head, out, err]));
}
`;

/**
 * A small process that runs git, one after the other, while whoever asks waits:
 * of a test process with all its modules, to start one takes ten times as long.
 */
export class GitHelper {
  readonly #requests: number;
  readonly #answers: number;

  constructor() {
    const folder = mkdtempSync(join(tmpdir(), 'fettle-git-helper-'));
    const pipes = ['requests', 'answers'].map(name => join(folder, name));
    const { status } = spawnSync('mkfifo', pipes);
    if (status !== 0) throw new Error(`mkfifo failed in ${folder}`);
    spawn(process.execPath, ['-e', PROGRAM, ...pipes], {
      stdio: 'ignore',
      env: { PATH: process.env.PATH },
    }).unref();
    // Each waits until the other side is opened, too.
    this.#requests = openSync(pipes[0], 'w');
    this.#answers = openSync(pipes[1], 'r');
    rmSync(folder, { recursive: true });
  }

  run(
    args: readonly string[],
    options: { cwd: string; env: NodeJS.ProcessEnv; input: Buffer },
  ): GitResult {
    const { input, ...rest } = options;
    const request = Buffer.from(
      JSON.stringify({ ...rest, args, input: input.length }),
    );
    const size = Buffer.alloc(4);
    size.writeUInt32LE(request.length);
    this.#write(Buffer.concat([size, request, input]));
    const head = this.#read(12);
    const [stdout, stderr] = [head.readUInt32LE(4), head.readUInt32LE(8)];
    return {
      status: head.readInt32LE(),
      ...{ stdout: this.#read(stdout), stderr: this.#read(stderr) },
    };
  }

  /** It ends when nobody can ask it any more. */
  close(): void {
    closeSync(this.#requests);
    closeSync(this.#answers);
  }

  #write(buffer: Buffer): void {
    for (let at = 0; at < buffer.length; ) {
      at += writeSync(this.#requests, buffer, at);
    }
  }

  #read(bytes: number): Buffer {
    const buffer = Buffer.alloc(bytes);
    for (let at = 0; at < bytes; ) {
      const got = readSync(this.#answers, buffer, at, bytes - at, null);
      if (got === 0) throw new Error('What runs git for tests has ended.');
      at += got;
    }
    return buffer;
  }
}
