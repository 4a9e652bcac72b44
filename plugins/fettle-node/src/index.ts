/**
 * What a module can add to Fettle: one contract and one extension point each.
 *
 * @packageDocumentation
 */
export * from './contracts/Check';
export * from './contracts/FactCollector';
export * from './contracts/RepositorySource';
export * from './contracts/RepositoryTree';
export * from './contracts/SourceError';
export * from './extensionPoints/checks';
export * from './extensionPoints/factCollectors';
export * from './extensionPoints/sources';
