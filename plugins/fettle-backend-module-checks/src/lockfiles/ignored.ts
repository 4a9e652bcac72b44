import {
  BENCHMARK_FOLDERS,
  SAMPLE_FOLDERS,
  TEST_FOLDERS,
  VENDOR_FOLDERS,
} from '../paths/sampleGlobs';

/** Manifests of tests, samples and others' work need no lockfile. */
export const DEFAULT_IGNORE: string[] = [
  TEST_FOLDERS,
  SAMPLE_FOLDERS,
  VENDOR_FOLDERS,
  BENCHMARK_FOLDERS,
];
