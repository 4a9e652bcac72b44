/**
 * Names an entity's repository: a remote URL, optionally followed by
 * `#<folder>` for one folder of a monorepo. It wins over every other
 * annotation.
 *
 * @public
 */
export const ANNOTATION_REPOSITORY = 'fettle.dev/repository';
