// The job of the test of locales: what the plugin reads and prints before, under and after one with a comma.
export function run({ open, memory, process }, { library }) {
  const plugin = open(library);
  const look = () => [plugin.infer(null, null), Buffer.from(memory.readText(plugin.getError(), 32)).toString()];
  const state = () => {
    const { locale, environment } = process.state();
    return [locale, environment.LOCPATH ?? null];
  };
  const [before, stateBefore] = [look(), state()];
  const under = process.withCommaLocale(look);
  return { before, under, after: look(), isRestored: JSON.stringify(state()) === JSON.stringify(stateBefore) };
}
