// The file is a shared library at all.
import { defineCheck } from '../../check.ts';

const check = defineCheck({
  id: 'binary/format',
  title: 'The file is a complete shared library: ELF, PE or Mach-O',
  why: 'A host that opens anything else gets a loader error on the line instead of an inspection.',
  fix: 'Link with -shared (CMake: add_library(… MODULE)), copy binaries in binary mode, and run git lfs pull where the repository uses LFS.',
  spec: 'abi.md#loading',
  blind: 'Damage that the tables of the format do not show, such as a changed byte in the code.',
  severity: 'error',
  since: '0.1.0',
  isolation: 'static',
  run({ binary }) {
    if ('unreadable' in binary) return [{ message: binary.unreadable }];
    if (binary.type === 'library') return [];
    const seen = binary.type === 'other' ? 'no library by its header' : `an ${binary.type === 'object' ? 'object file' : binary.type}`;
    return [{ message: `it is ${seen}, not a shared library`, data: { format: binary.format, type: binary.type } }];
  },
});
export default check;
