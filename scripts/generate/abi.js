// Quotes mvas_plugin.h in docs/abi.md: what stands between `<!-- header: NAME -->` and `<!-- /header -->` is the header's own text.
import { readFile } from 'node:fs/promises';
import { parsePluginHeader } from '../plugin-header.js';

const root = new URL('../../', import.meta.url);
const region = /(<!-- header: (\w+) -->\n)[\s\S]*?(<!-- \/header -->)/g;

export async function render() {
  const header = parsePluginHeader(await readFile(new URL('sdk/include/mvas_plugin.h', root), 'utf8'));
  const page = (await readFile(new URL('docs/abi.md', root), 'utf8')).replaceAll('\r\n', '\n');
  return [{ path: 'docs/abi.md', text: quoteHeader(page, header) }];
}

function quoteHeader(page, header) {
  const wanted = new Set(header.functions.map(({ name }) => name));
  const text = page.replace(region, (_, open, name, close) => {
    wanted.delete(name);
    return `${open}${quote(name, header)}\n${close}`;
  });
  if (wanted.size > 0) throw new Error(`docs/abi.md does not quote ${[...wanted].join(', ')}`);
  return text;
}

function quote(name, header) {
  if (name === 'codes') return table(header.constants.filter((item) => typeof item.value === 'number' && /_(OK|ERROR)/.test(item.name)));
  if (name === 'words') return table(header.constants.filter((item) => typeof item.value === 'string'));
  const struct = header.structs.find((item) => item.name === name);
  if (struct !== undefined) return code(struct.text);
  const item = header.functions.find((candidate) => candidate.name === name);
  if (item === undefined) throw new Error(`docs/abi.md quotes ${name}, which is not in mvas_plugin.h`);
  const tags = item.tags.map((tag) => `// [${tag.name}: ${tag.value}]`);
  return code([...item.comment.map((line) => `// ${line}`), ...tags, item.prototype].join('\n'));
}

function code(text) {
  return `\`\`\`c\n${text}\n\`\`\``;
}

function table(constants) {
  const rows = constants.map(
    ({ name, value, comment }) => `| \`${name}\` | ${typeof value === 'string' ? `"${value}"` : value} | ${comment} |`,
  );
  return `| constant | value | meaning |\n|---|---|---|\n${rows.join('\n')}`;
}
