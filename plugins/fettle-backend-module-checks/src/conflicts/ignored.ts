import { TEST_FILES, TEST_FOLDERS, VENDOR_FOLDERS } from '../paths/sampleGlobs';

/** Tests of tools that handle conflicts hold some on purpose. */
export const DEFAULT_IGNORE: string[] = [
  TEST_FOLDERS,
  TEST_FILES,
  VENDOR_FOLDERS,
];
