// What the plugin holds open outside its package.
import { tmpdir } from 'node:os';
import { dirname, sep } from 'node:path';
import { defineCheck } from '../../check.ts';
import type { Finding } from '../../finding.ts';

const harmless =
  /^(pipe|anon_inode|eventpoll|eventfd|memfd|inotify)?:|^anon_inode|^\/memfd:|^\/dev\/(null|zero|urandom|random|full|tty|shm\/|nvidia|dri\/|kfd)|^\/(proc|sys)\//;

const check = defineCheck({
  id: 'robustness/outside-access',
  title: 'Files and connections that the plugin holds open are those of its package and the temporary folder',
  why: 'Whoever installs a package must know what else it touches; on a production machine there may be neither that file nor a network.',
  fix: 'Put data beside the model, and take paths from the configuration; leave the network to the host.',
  spec: 'abi.md#functions',
  blind: 'Files that are opened and closed within one call, and libraries: binary/needed-libraries lists these.',
  severity: 'info',
  since: '0.1.0',
  isolation: 'memory',
  needs: ['mvas_init', 'mvas_infer', 'mvas_cleanup', 'mvas_get_error'],
  run({ plugin, process, image, root, model, file, exports }) {
    const before = new Set(process.descriptors().keys());
    const own = [root, tmpdir(), dirname(file('here', new Uint8Array())), ...(model === null ? [] : [dirname(model)])].map(
      (folder) => folder + sep,
    );
    const seen = new Map<string, string>();
    const look = (words: string) => {
      for (const [number, target] of process.descriptors())
        if (!before.has(number) && !harmless.test(target) && !own.some((folder) => target.startsWith(folder)) && !seen.has(target))
          seen.set(target, words);
    };
    exports('mvas_init');
    look('after loading');
    plugin.start();
    look('after mvas_init');
    plugin.inspect(image());
    look('after mvas_infer');
    plugin.cleanup();
    return [...seen].map(
      ([target, words]): Finding => ({
        message: `${words} the plugin holds ${target.startsWith('socket:') ? 'a socket' : target} open`,
        data: { target },
      }),
    );
  },
});
export default check;
