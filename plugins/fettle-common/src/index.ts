/**
 * The words of Fettle: types, schemas, permissions, annotations and scoring,
 * shared by browser and server. Nothing here does I/O.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './permissions';
export * from './schemas/campaigns';
export * from './schemas/components';
export * from './schemas/findings';
export * from './schemas/live';
export * from './schemas/pipelines';
export * from './schemas/playbooks';
export * from './schemas/policies';
export * from './schemas/compliance';
export * from './schemas/plans';
export * from './schemas/remediations';
export * from './schemas/repositories';
export * from './schemas/requests';
export * from './schemas/runs';
export * from './schemas/security';
export * from './schemas/sources';
export * from './schemas/standards';
export * from './schemas/verdicts';
export * from './scoring/score';
