// Preloaded into a foreign Node: shows koffi where the binary of that Node's platform lies, which is beside the Node and not in this kit.
import { dirname, resolve } from 'node:path';

const modules = resolve(dirname(process.execPath), '../..');

// where koffi looks in programs that bring their binaries along
Object.defineProperty(process, 'resourcesPath', { value: modules });
