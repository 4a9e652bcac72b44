import {
  SAMPLE_FOLDERS,
  TEST_FOLDERS,
  VENDOR_FOLDERS,
} from '../paths/sampleGlobs';

/** Tests, samples and others' work hold output on purpose. */
export const DEFAULT_IGNORE: string[] = [
  TEST_FOLDERS,
  SAMPLE_FOLDERS,
  VENDOR_FOLDERS,
];
