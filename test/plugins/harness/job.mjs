// The job of the harness's own tests: one small task by name.
let spoilt = 0;

const tasks = {
  sum({ open, memory, annotate }, { library, fault = '{}' }) {
    const plugin = open(library);
    plugin.init(null, fault);
    const image = memory.struct('MVASImage');
    const pixels = memory.allocate(16 * 3);
    const values = { data: pixels.address, width: 4, height: 3, channels: 3, stride: 16, format: memory.text('RGB').address };
    for (const [field, value] of Object.entries(values)) image.set(field, value);
    const result = memory.struct('MVASResult');
    result.fill(0xaa);
    annotate('seed 7');
    const code = plugin.infer(image.address, result.address);
    const decision = memory.readText(result.get('decision'), 16);
    return { code, decision: decision && Buffer.from(decision).toString(), score: result.get('anomaly_score') };
  },
  repeat({ open }, { library, forMs }) {
    const plugin = open(library);
    for (const end = Date.now() + forMs; Date.now() < end; ) plugin.getInfo();
  },
  throw() {
    throw new Error('mistake of the check');
  },
  wild({ open, memory }, { library }) {
    open(library).getInfo();
    return memory.read(8n, 4).length;
  },
  guard({ memory }, { side, offset }) {
    const block = memory.guarded(3, side);
    block.write(Uint8Array.of(1, 2, 3));
    return [...memory.read(block.address + BigInt(offset), 3)];
  },
  protect({ memory }) {
    const block = memory.guarded(3, 'end');
    block.protect();
    block.write(Uint8Array.of(1));
  },
  extent({ memory }) {
    return { own: memory.extent(memory.guarded(100, 'end').address), wild: memory.extent(8n) };
  },
  scratch: ({ scratchFolder }) => scratchFolder,
  spoil: () => ++spoilt,
  variable: () => process.env.MVAS_TEST_WORD,
  time: () => Date.now(),
};

export function run(context, input) {
  return tasks[input.task](context, input);
}
