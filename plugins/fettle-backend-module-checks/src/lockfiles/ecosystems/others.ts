import { parse } from 'yaml';
import type { Ecosystem } from '../Ecosystem';
import { record } from '../records';

/** Bundler; beside a gemspec the Gemfile belongs to a library. */
export const bundler: Ecosystem = {
  name: 'Bundler',
  manifests: ['Gemfile', 'gems.rb'],
  lockfiles: ['Gemfile.lock', 'gems.locked'],
  signs: ['*.gemspec'],
  need({ text, has }) {
    if (/^\s*gemspec\b/m.test(text) || has('*.gemspec')) return 'library';
    return /^\s*gem[\s(]/m.test(text) ? 'application' : 'none';
  },
};

/** Composer; a package is a library unless it says `project`. */
export const composer: Ecosystem = {
  name: 'Composer',
  manifests: ['composer.json'],
  lockfiles: ['composer.lock'],
  need({ text }) {
    const { require: own, 'require-dev': dev, type } = record(JSON.parse(text));
    const packages = Object.keys({ ...record(own), ...record(dev) });
    if (!packages.some(name => name.includes('/'))) return 'none';
    return type === 'project' ? 'application' : 'library';
  },
};

/** Mix; the applications of an umbrella share the lockfile above them. */
export const mix: Ecosystem = {
  name: 'Mix',
  manifests: ['mix.exs'],
  lockfiles: ['mix.lock'],
  need({ text }) {
    const code = text.replace(/^\s*#.*$/gm, '');
    const needs =
      /\{\s*:\w+\s*,\s*("|\[?\s*(git|github|hex|only|runtime):)/.test(code);
    if (!needs) return 'none';
    return /^\s*(defp?\s+package\b|package:)/m.test(code)
      ? 'library'
      : 'application';
  },
  workspaceFiles: ['mix.exs'],
  isMember(root, { text }) {
    return (
      /lockfile:\s*"\.\.\//.test(text) &&
      /apps_path:/.test(root.text('mix.exs') ?? '')
    );
  },
};

/** Dart and Flutter. */
export const pub: Ecosystem = {
  name: 'Pub',
  manifests: ['pubspec.yaml'],
  lockfiles: ['pubspec.lock'],
  need({ text }) {
    const manifest = record(parse(text));
    const all = {
      ...record(manifest.dependencies),
      ...record(manifest.dev_dependencies),
    };
    const hosted = Object.values(all).some(
      value => !('sdk' in record(value)) && !('path' in record(value)),
    );
    if (!hosted) return 'none';
    return manifest.publish_to === 'none' ? 'application' : 'library';
  },
  workspaceFiles: ['pubspec.yaml'],
  isMember(root, { text }) {
    return (
      record(parse(text)).resolution === 'workspace' &&
      Array.isArray(record(parse(root.text('pubspec.yaml') ?? '')).workspace)
    );
  },
};

/** Nix flakes. */
export const nix: Ecosystem = {
  name: 'Nix',
  manifests: ['flake.nix'],
  lockfiles: ['flake.lock'],
  need({ text }) {
    return /^\s*inputs(\.|\s*=)/m.test(text) ? 'application' : 'none';
  },
};
