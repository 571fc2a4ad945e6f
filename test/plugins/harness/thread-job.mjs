// The job of the tests of threads: one small task by name.
const tasks = {
  same({ plugin, thread }) {
    const text = () => plugin.getInfo() !== 0n;
    return { here: text(), there: plugin.onThread(thread(), text) };
  },
  numbers({ plugin, thread, error }) {
    const [first, second] = [thread(), thread()];
    const infer = () => [plugin.infer(null, null), error()];
    const on = (one) => plugin.onThread(one, infer);
    return [on(first), on(first), infer(), on(second), on(first)];
  },
  nested({ plugin, thread }) {
    const [first, second] = [thread(), thread()];
    const infer = () => plugin.infer(null, null);
    plugin.onThread(first, infer);
    return plugin.onThread(first, () => [plugin.onThread(second, infer), infer()]);
  },
  once({ plugin, thread }) {
    const one = thread();
    const code = plugin.onThread(one, () => plugin.infer(null, null));
    one.end();
    return code;
  },
  weigh({ plugin, thread }, { count }) {
    const own = thread();
    const infer = () => plugin.infer(null, null);
    const grown = () => plugin.weigh(() => Array.from({ length: count }, infer), own);
    grown(); // what the thread needs of its own
    return [grown(), grown()];
  },
  together({ plugin, thread, memory }, { count }) {
    const result = memory.struct('MVASResult');
    result.set('num_bboxes', count);
    const call = { function: 'mvas_infer', values: [0n, result.address] };
    return plugin.together(new Map(Array.from({ length: count }, () => [thread(), [call, call]])));
  },
};

export function run({ open, memory }, input) {
  const plugin = open(input.library);
  plugin.init('', input.what ?? '');
  const error = () => Buffer.from(memory.readText(plugin.getError(), 32)).toString();
  return tasks[input.task]({ plugin, memory, error, thread: () => plugin.startThread() }, input);
}
