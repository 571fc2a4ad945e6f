// Reads sdk/include/mvas_plugin.h as data: functions with their tags, structs, constants; and says what breaks its own rules.

const comment = '((?:^//.*\\n)*)';
const functionPattern = new RegExp(
  `${comment}^typedef (.+?)MVAS_CALL (mvas_\\w+)_fn\\((.*)\\);\\n^MVAS_EXPORT (.+?)MVAS_CALL (mvas_\\w+)\\((.*)\\);$`,
  'gm',
);
const exportPattern = /^MVAS_EXPORT .*?(mvas_\w+)\(/gm;
const structPattern = new RegExp(`${comment}^typedef struct \\{\\n([^}]*)\\} (MVAS\\w+);$`, 'gm');
const constantPattern = /^#define (MVAS_[A-Z_]+) (\(?-?\d+\)?|"[^"]*")(?: *\/\/ (.*))?$/gm;
const tagPattern = /\[(\w+): ([^\]]*)\]/g;

/** What each tag may say; every word of `own` says who may touch the memory and until when. */
const states = ['any', 'unloaded', 'ready'];
const threads = ['any, serialised'];
const owners = ['borrowed', 'written', 'lent'];

/** Parses the header's text. Throws if an export has no function type of the same name and shape in front of it. */
export function parsePluginHeader(text) {
  const plain = text.replaceAll('\r\n', '\n');
  const optionalFrom = plain.indexOf('// ---- optional');
  const functions = [...plain.matchAll(functionPattern)].map((match) => parseFunction(match, match.index < optionalFrom));
  const paired = new Set(functions.map(({ name }) => name));
  for (const [, name] of plain.matchAll(exportPattern)) {
    if (!paired.has(name)) throw new Error(`${name} has no function type mvas_..._fn in the line before it`);
  }
  return {
    functions,
    structs: [...plain.matchAll(structPattern)].map(([whole, lines, body, name]) => ({
      name,
      comment: commentLines(lines),
      text: whole,
      fields: [...body.matchAll(/^ {2}(.+?)(\w+);/gm)].map(([, type, field]) => ({ type: type.trim(), name: field })),
    })),
    constants: [...plain.matchAll(constantPattern)].map(([, name, value, words]) => ({
      name,
      value: value.startsWith('"') ? value.slice(1, -1) : Number(value.replace(/[()]/g, '')),
      comment: words ?? '',
    })),
    head: commentLines(plain.slice(0, plain.indexOf('#ifndef'))),
  };
}

function parseFunction([, lines, type, name, typeParameters, returns, exported, parameters], required) {
  if (name !== exported || type !== returns || typeParameters !== parameters)
    throw new Error(`${exported} differs from the function type ${name}_fn in the line before it`);
  const text = commentLines(lines);
  return {
    name,
    required,
    comment: text.filter((line) => !line.startsWith('[')),
    tags: [
      ...text
        .filter((line) => line.startsWith('['))
        .join(' ')
        .matchAll(tagPattern),
    ].map(([, tag, value]) => ({ name: tag, value })),
    returns: returns.trim(),
    parameters: parameters === 'void' ? [] : parameters.split(', ').map(parseParameter),
    typedef: `typedef ${type}MVAS_CALL ${name}_fn(${parameters});`,
    prototype: `MVAS_EXPORT ${returns}MVAS_CALL ${name}(${parameters});`,
  };
}

function parseParameter(text) {
  const [, type, name] = /^(.+?)(\w+)$/.exec(text) ?? ['', text, ''];
  return { type: type.trim(), name };
}

function commentLines(lines) {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/^\/\/ ?/, ''));
}

/** One sentence for every function that lacks a tag, has a wrong one, or a pointer of which nobody says whose it is. */
export function headerProblems(header) {
  const codes = new Set(header.constants.map(({ name }) => name.replace(/^MVAS_(ERROR_)?/, '')));
  const structs = new Map(header.structs.map(({ name, fields }) => [name, fields]));
  return header.functions.flatMap((item) => functionProblems(item, codes, structs).map((problem) => `${item.name}: ${problem}`));
}

function functionProblems(item, codes, structs) {
  const names = item.tags.map(({ name }) => name).join(' ');
  if (names !== 'state thread own codes') return [`tags must be state, thread, own, codes in this order, not "${names}"`];
  const [state, thread, own, code] = item.tags.map(({ value }) => value);
  const problems = [];
  if (!states.includes(state)) problems.push(`unknown state "${state}"`);
  if (!threads.includes(thread)) problems.push(`unknown thread rule "${thread}"`);
  const listed = code === 'none' ? [] : code.split(', ');
  for (const word of listed) if (!codes.has(word)) problems.push(`unknown code "${word}"`);
  if ((item.returns === 'int32_t') !== listed.length > 0)
    problems.push('codes are for functions that return int32_t, and for all of these');
  if (listed.includes('OK') === false && listed.length > 0) problems.push('codes must include OK');
  if (item.comment.length === 0) problems.push('has no text');
  return [...problems, ...ownerProblems(item, own, structs)];
}

function ownerProblems(item, own, structs) {
  const entries = own === 'none' ? [] : own.split(', ').map((entry) => entry.split(' '));
  const wanted = pointersOf(item, structs);
  const given = entries.map(([name]) => name);
  return [
    ...entries
      .filter(([, word, ...rest]) => !owners.includes(word) || rest.length > 0)
      .map((entry) => `unknown ownership "${entry.join(' ')}"`),
    ...wanted.filter((name) => !given.includes(name)).map((name) => `nobody says whose ${name} is`),
    ...given.filter((name) => !wanted.includes(name)).map((name) => `${name} is no pointer of this function`),
  ];
}

/** Parameters and return values that are pointers, and "name.*" where the callee hands over or reads pointers inside a struct. */
function pointersOf(item, structs) {
  const names = item.returns.includes('*') ? ['return'] : [];
  for (const { type, name } of item.parameters.filter((parameter) => parameter.type.includes('*'))) {
    names.push(name);
    const fields = structs.get(type.replace(/const|\*|\s/g, '')) ?? [];
    const inside = fields.some((field) => field.type.includes('*'));
    const isImage = type.includes('MVASImage');
    const frees = item.name === 'mvas_free_result';
    if (inside && !isImage && !frees) names.push(`${name}.*`);
  }
  return names;
}
