// Writes docs/conformance.md from the registry of checks.
import { checks } from '../../dist/conformance/checks/index.js';
import { needsOwnProcess } from '../../dist/conformance/choose-checks.js';
import { byHand, examples, waysOfWork } from '../../dist/conformance/guidance.js';
import { neverChecked } from '../../dist/conformance/never-checked.js';
import { profileNames, profiles } from '../../dist/conformance/profiles.js';

export async function render() {
  const groups = groupChecks();
  const table = [...groups].flatMap(([, group]) =>
    group.map(({ id, title, severity }) => `| [${id}](#${anchor(id)}) | ${title} | ${severity} |`),
  );
  const sections = [...groups].map(([name, group]) => `## ${name}\n\n${group.map(section).join('\n\n')}`);
  const named = profileNames.map((name) => `- \`${name}\`: ${profiles[name].summary}${errorsOf(profiles[name])}`);
  const never = neverChecked.map((text) => `- ${text}`);
  const text = [
    head,
    ...named,
    '',
    afterProfiles,
    '',
    '| check | rule | severity |',
    '|---|---|---|',
    ...table,
    '',
    sections.join('\n\n'),
    '',
    neverHead,
    '',
    ...never,
    '',
  ];
  return [{ path: 'docs/conformance.md', text: text.join('\n') }];
}

function groupChecks() {
  const groups = new Map();
  for (const check of checks) {
    const name = check.id.split('/')[0];
    groups.set(name, [...(groups.get(name) ?? []), check]);
  }
  return groups;
}

function section(check) {
  const { id, title, why, fix, blind, spec, isolation, untouched, needs, since } = check;
  const functions = needs === undefined || needs.length === 0 ? '' : ` It needs ${needs.map((name) => `\`${name}\``).join(', ')}.`;
  return [
    `### ${id}`,
    '',
    `**${title}.** [The rule](${spec})`,
    '',
    `- Why: ${why}`,
    `- Fix: ${fix}`,
    `- Does not see: ${blind}`,
    `- How: it ${waysOfWork[isolation]}${untouched ? firstTime : ''}.${functions} Since ${since}.`,
    `- By hand: ${handOf(check)}`,
    ...exampleOf(examples[id]),
  ].join('\n');
}

/** A static check by common tools, the others where a debugger sees them. */
function handOf(check) {
  const { id, isolation } = check;
  const again = `\`npx mvas conform --only ${id}\``;
  if (byHand[id] !== undefined) return `${again}, or \`${byHand[id].replaceAll('$P', 'plugin.so')}\``;
  return isolation !== 'static' && isolation !== 'long' && !needsOwnProcess(check)
    ? `${again}; with \`--in-process\` in the process that a debugger holds`
    : again;
}

function exampleOf(example) {
  if (example === undefined) return [];
  const { wrong, right } = example;
  const comment = wrong.includes('add_library') ? '#' : '//';
  const language = comment === '#' ? 'cmake' : 'cpp';
  return ['', `\`\`\`${language}`, `${comment} wrong`, wrong, '', `${comment} right`, right, '```'];
}

function errorsOf({ errorsOf: list }) {
  return list === undefined
    ? ''
    : ` (errors stay errors for ${list
        .filter(isMade)
        .map((id) => `\`${id}\``)
        .join(', ')})`;
}

function isMade(id) {
  return checks.some((check) => check.id === id || id === `${check.id.split('/')[0]}/*`);
}

/** As Markdown viewers make anchors of headings. */
function anchor(id) {
  return id.replaceAll('/', '');
}

const firstTime = ', where neither the plugin nor a library that came with it was ever loaded';

const head = `# The conformance suite

\`\`\`sh
npx mvas conform
\`\`\`

holds a built plugin against the [contract](abi.md): the project's, a library's or, once it is verified, a package's. \`npm test\` of a
generated project runs the same checks, one test each. Whatever a check finds comes from a process of its own that has loaded the plugin
anew: checks of a plugin that brings libraries, such as ONNX Runtime, share processes and starts only as long as nothing is found or left
behind. A crash, a hang or an exit of the plugin fails the check and tells the call and the image. How to mend what it finds: [guide/fix-a-failing-check.md](guide/fix-a-failing-check.md).

Every check is made in every profile; a profile decides what its findings mean:
`;

const afterProfiles = `A check is skipped when the optional function it is about is not exported, or when this platform lacks the means for it. A rule that
could not be looked at because the plugin failed earlier is \`not-reached\`, and leaves no profile green.`;

const neverHead = `## What this suite never checks

A report that is green says that the plugin kept the rules above, with the inputs that were tried, on the machine that is named in it. It does not say:`;
